import { defineSettingOperation } from "#server/setting-operation.ts";

export const settingChangeMaximumUploadBytes = defineSettingOperation("maximumUploadBytes");

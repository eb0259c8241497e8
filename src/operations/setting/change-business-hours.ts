import { defineSettingOperation } from "#server/setting-operation.ts";

export const settingChangeBusinessHours = defineSettingOperation("businessHours");

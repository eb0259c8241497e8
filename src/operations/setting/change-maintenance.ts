import { defineSettingOperation } from "#server/setting-operation.ts";

export const settingChangeMaintenance = defineSettingOperation("maintenance");

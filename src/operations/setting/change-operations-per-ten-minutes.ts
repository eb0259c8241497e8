import { defineSettingOperation } from "#server/setting-operation.ts";

export const settingChangeOperationsPerTenMinutes = defineSettingOperation("operationsPerTenMinutes");

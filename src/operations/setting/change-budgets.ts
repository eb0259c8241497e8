import { defineSettingOperation } from "#server/setting-operation.ts";

export const settingChangeBudgets = defineSettingOperation("budgets");

import { defineSettingOperation } from "#server/setting-operation.ts";

export const settingChangeSupportMails = defineSettingOperation("supportMails");

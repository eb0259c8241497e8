import { defineSettingOperation } from "#server/setting-operation.ts";

export const settingChangeImpersonationReviewPercent = defineSettingOperation("impersonationReviewPercent");

import { defineSettingOperation } from "#server/setting-operation.ts";

export const settingChangeRefundWithoutApproval = defineSettingOperation("refundWithoutApproval");

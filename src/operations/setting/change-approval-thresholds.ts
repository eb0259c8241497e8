import { defineSettingOperation } from "#server/setting-operation.ts";

export const settingChangeApprovalThresholds = defineSettingOperation("approvalThresholds");

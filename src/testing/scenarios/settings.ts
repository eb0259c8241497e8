import { settings } from "#domain/settings.ts";
import type { InputJsonValue } from "#generated/prisma/internal/prismaNamespace.ts";
import { arrange, unique } from "../fixtures.ts";
import type { Scenarios } from "./scenario.ts";

/** Settings belong to everybody: each scenario begins with the default, whatever ran before. */
const unset = (key: string) => () => arrange((db) => db.setting.deleteMany({ where: { id: key } })).then(() => key);

export const settingScenarios = {
  "plan.changeLimits": {
    targetOf: makePlan,
    input: () => ({ monitors: 7, pingsPerMinute: 10, historyDays: 30, apiPerMinute: 60, seats: 5, trialDays: 14 }),
  },
  "setting.changeBusinessHours": {
    targetOf: unset("businessHours"),
    input: () => ({ ...settings.businessHours.default, timeZone: "Europe/Berlin" }),
  },
  "setting.changeImpersonationReviewPercent": { targetOf: unset("impersonationReviewPercent"), input: () => ({ value: 20 }) },
  "setting.changeMaintenance": { targetOf: unset("maintenance"), input: () => ({ on: false, message: "Back at noon." }) },
  "setting.changeMaximumUploadBytes": { targetOf: unset("maximumUploadBytes"), input: () => ({ value: 2_000_000 }) },
  "setting.changeOperationsPerTenMinutes": { targetOf: unset("operationsPerTenMinutes"), input: () => ({ value: 40 }) },
  "setting.changeApprovalThresholds": {
    targetOf: unset("approvalThresholds"),
    input: () => ({ ...settings.approvalThresholds.default, refundBilling: 10_000 }),
  },
  "setting.changeBudgets": { targetOf: unset("budgets"), input: () => ({ ...settings.budgets.default, staffMemberADay: 60_000 }) },
  "setting.changeSupportMails": { targetOf: unset("supportMails"), input: () => ({ value: false }) },
  "setting.reset": { targetOf: () => set("operationsPerTenMinutes", 50) },
} satisfies Scenarios;

function set(id: string, value: InputJsonValue): Promise<string> {
  return arrange((db) => db.setting.upsert({ where: { id }, create: { id, value }, update: { value }, select: { id: true } })).then(
    () => id,
  );
}

function makePlan(): Promise<string> {
  const id = `plan-${unique()}`;
  const data = { id, name: "Test", monitors: 5, seats: 5, pingsPerMinute: 10, historyDays: 30, trialDays: 14 };
  return arrange((db) => db.plan.create({ data, select: { id: true } })).then(() => id);
}

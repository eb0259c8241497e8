import { z } from "zod";
import { findSetting, type SettingKey, settingKeys, settingValue } from "#domain/settings.ts";
import { text } from "#lib/text.ts";
import { reader } from "#server/db.ts";
import { AppError } from "#server/errors.ts";
import { changeSettingName } from "#server/setting-operation.ts";
import { targets } from "#server/targets.ts";
import { router, staffProcedure } from "#server/trpc.ts";
import { describeOperation } from "../describe-operations.ts";
import { getOperation } from "../registry.ts";
import { targetTimeline } from "./timeline.ts";

export type LastChange = { id: string; at: Date; actorLabel: string };

export type SettingRow = {
  key: SettingKey;
  title: string;
  group: string;
  value: string;
  fallback: string;
  isDefault: boolean;
  changed: LastChange | null;
};

export const settingsRouter = router({
  /** Every setting with its value, and the plans with their limits. */
  list: staffProcedure.query(async ({ ctx }) => {
    const [rows, plans, changes] = await Promise.all([
      reader().setting.findMany({ select: { id: true, value: true } }),
      reader().plan.findMany({ orderBy: [{ monitors: "asc" }, { id: "asc" }] }),
      lastChanges(settingKeys),
    ]);
    const stored = new Map(rows.map(({ id, value }) => [id, value]));
    const changeLimits = getOperation("plan.changeLimits");
    return {
      settings: settingKeys.map((key): SettingRow => {
        const { title, group, inWords, default: fallback } = findSetting(key);
        return {
          key,
          title,
          group,
          value: inWords(settingValue(key, stored.get(key))),
          fallback: inWords(fallback),
          isDefault: !stored.has(key),
          changed: changes.get(key) ?? null,
        };
      }),
      plans: plans.map((plan) => ({ ...plan, change: describeOperation({ ctx, operation: changeLimits, type: "Plan", row: plan }) })),
    };
  }),

  /** One setting, how to change it, and what became of it. */
  get: staffProcedure.input(z.strictObject({ key: text({ max: 64 }) })).query(async ({ ctx, input: { key } }) => {
    const row = await targets.Setting.find(reader(), { id: key });
    if (!row) throw new AppError("NOT_FOUND", { userMessage: "There is no such setting." });
    const { title, description, group, inWords, default: fallback } = findSetting(row.id);
    const operations = [changeSettingName(row.id), "setting.reset"].map((name) =>
      describeOperation({ ctx, operation: getOperation(name), type: "Setting", row }),
    );
    return {
      setting: { key: row.id, title, description, group, value: inWords(row.value), fallback: inWords(fallback), isDefault: row.isDefault },
      operations,
      timeline: await targetTimeline(row.id),
    };
  }),
});

async function lastChanges(keys: readonly string[]): Promise<Map<string, LastChange>> {
  const rows = await reader().$queryRaw<(LastChange & { key: string })[]>`
    SELECT k AS "key", e."id", e."at", e."actorLabel" FROM unnest(${keys}::text[]) k CROSS JOIN LATERAL (
      SELECT "id", "at", "actorLabel" FROM "AuditEvent"
      WHERE "targetId" = k AND "targetType" = 'Setting' AND "outcome" = 'succeeded' ORDER BY "at" DESC, "id" DESC LIMIT 1
    ) e`;
  return new Map(rows.map(({ key, ...change }) => [key, change]));
}

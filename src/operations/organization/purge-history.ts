import { z } from "zod";
import { historyPurged } from "#domain/mails/registry.ts";
import { startOfDayBefore } from "#domain/organizations.ts";
import { formatDay } from "#lib/format-time.ts";
import { mail } from "#server/effects/mail.ts";
import { AppError } from "#server/errors.ts";
import { pingsBefore } from "#server/monitors/pings-before.ts";
import { defineOperation } from "#server/operation.ts";
import { ownersOf } from "#server/organization-owners.ts";

export const organizationPurgeHistory = defineOperation({
  name: "organization.purgeHistory",
  title: "Purge history",
  description: "Deletes old pings for good, before their time.",
  target: "Organization",
  allow: { operations: true },
  risk: "risky",
  ticket: "required",
  input: z.strictObject({
    olderThanDays: z
      .int("Enter a whole number of days.")
      .min(0, "At least 0: all until today.")
      .max(3_650, "At most 3,650 days.")
      .meta({ title: "Older than … days", help: "Counted from the beginning of today, in UTC" }),
  }),
  summary: ({ target, input }) => `Delete the pings of ${target.name} from before ${formatDay(startOfDayBefore(input.olderThanDays))}`,
  async consequences({ target, input, db }) {
    const count = await pingsBefore(db, { organizationId: target.id, before: startOfDayBefore(input.olderThanDays) });
    return [`${count} are deleted for good. The worker does it in steps, from now on.`, "Monitors, their states and later pings stay."];
  },
  async run({ db, target, input, effect }) {
    const historyPurgedBefore = startOfDayBefore(input.olderThanDays);
    if (target.historyPurgedBefore && target.historyPurgedBefore >= historyPurgedBefore) {
      throw new AppError("CONFLICT", { userMessage: `All from before ${formatDay(target.historyPurgedBefore)} was purged already.` });
    }
    await db.organization.update({ where: { id: target.id }, data: { historyPurgedBefore }, select: { id: true } });
    const data = { organizationName: target.name, before: historyPurgedBefore.toISOString() };
    for (const to of await ownersOf(db, target.id)) effect(mail(historyPurged, { to, data }));
  },
});

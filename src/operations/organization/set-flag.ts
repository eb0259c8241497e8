import { z } from "zod";
import { flagNames, flags } from "#domain/flags.ts";
import { formatDay } from "#lib/format-time.ts";
import { AppError } from "#server/errors.ts";
import { inverseOfFlag } from "#server/flags.ts";
import { defineOperation } from "#server/operation.ts";

export const organizationSetFlag = defineOperation({
  name: "organization.setFlag",
  title: "Set a flag",
  description: "Turns a feature on or off for this customer alone, for a while if wanted.",
  target: "Organization",
  allow: { engineering: true },
  risk: "routine",
  bulk: true,
  input: z.strictObject({
    flag: z.enum(flagNames, "There is no such flag.").meta({ title: "Flag" }),
    enabled: z.boolean().meta({ title: "On" }),
    lastDay: z.iso
      .date("Write a day as 2027-01-31.")
      .optional()
      .meta({ title: "Until the end of", help: "In UTC. Leave it empty for no end; afterwards the default counts" }),
  }),
  defaults: () => ({ enabled: true }),
  inverse: ({ changes }) => inverseOfFlag(changes),
  summary({ target, input: { flag, enabled, lastDay } }) {
    const until = lastDay ? ` until the end of ${formatDay(new Date(lastDay))}` : "";
    return `Turn “${flags[flag].title}” ${enabled ? "on" : "off"} for ${target.name}${until}`;
  },
  consequences: () => ["It counts within two seconds."],
  async run({ db, target, input: { flag, enabled, lastDay } }) {
    const expiresAt = lastDay ? new Date(`${lastDay}T23:59:59Z`) : null;
    if (expiresAt && expiresAt < new Date()) {
      throw new AppError("CONFLICT", { userMessage: "That day is over.", details: { fields: { "input.lastDay": "That day is over." } } });
    }
    const own = { organizationId: target.id, flag };
    const before = await db.organizationFlag.findFirst({ where: own, select: { enabled: true, expiresAt: true } });
    if (before && before.enabled === enabled && before.expiresAt?.getTime() === expiresAt?.getTime()) {
      throw new AppError("CONFLICT", { userMessage: "The flag is set so already." });
    }
    // A new row, so that the whole of the old one is captured: that is what taking it back needs.
    if (before) await db.organizationFlag.deleteMany({ where: own });
    await db.organizationFlag.create({ data: { ...own, enabled, expiresAt }, select: { id: true } });
  },
});

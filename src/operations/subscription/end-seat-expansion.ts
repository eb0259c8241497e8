import { z } from "zod";
import { seatsChanged } from "#domain/mails/seats-changed.ts";
import { describeOverage } from "#domain/seats.ts";
import { plural } from "#lib/text.ts";
import { mail } from "#server/effects/mail.ts";
import { AppError } from "#server/errors.ts";
import { defineOperation } from "#server/operation.ts";
import { ownersOf } from "#server/organization-owners.ts";
import { findSeats } from "#server/seats.ts";

export const subscriptionEndSeatExpansion = defineOperation({
  name: "subscription.endSeatExpansion",
  title: "End the lent seats",
  description: "Takes lent seats back before their day. Nobody is thrown out.",
  target: "Organization",
  allow: { billing: true },
  risk: "risky",
  input: z.strictObject({}),
  summary: ({ target }) => `End the lent seats of ${target.name}`,
  async run({ db, target, effect }) {
    const seats = await findSeats(db, target.id);
    if (seats.lent === 0) throw new AppError("CONFLICT", { userMessage: `${target.name} has no lent seats.` });
    await db.$executeRaw`DELETE FROM "SeatExpansion" WHERE "organizationId" = ${target.id} AND "endsAt" > now()`;
    const overage = describeOverage(target.name, { ...seats, lent: 0 });
    const sentences = [
      `The lent seats of ${target.name} have ended. It has ${plural(seats.licensed, "seat")}.`,
      ...(overage ? [overage] : []),
    ];
    const data = { organizationName: target.name, slug: target.slug, sentences };
    for (const owner of await ownersOf(db, target.id)) effect(mail(seatsChanged, { to: owner, data }));
  },
});

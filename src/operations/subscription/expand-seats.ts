import { z } from "zod";
import { seatsChanged } from "#domain/mails/seats-changed.ts";
import { formatDay } from "#lib/format-time.ts";
import { plural } from "#lib/text.ts";
import { mail } from "#server/effects/mail.ts";
import { AppError } from "#server/errors.ts";
import { defineOperation } from "#server/operation.ts";
import { ownersOf } from "#server/organization-owners.ts";
import { findSeats } from "#server/seats.ts";
import { whyNotRunning } from "#server/stripe/billed.ts";

const day = 86_400_000;
const most = { support: { seats: 5, days: 14 }, billing: { seats: 100, days: 92 } };

export const subscriptionExpandSeats = defineOperation({
  name: "subscription.expandSeats",
  title: "Lend seats",
  description: "More seats than the subscription pays for, until the end of a day. Then they are gone by themselves.",
  target: "Organization",
  allow: { support: true, billing: true },
  risk: "risky",
  bulk: true,
  input: z.strictObject({
    seats: z.int("Enter a whole number of seats.").min(1, "At least 1 seat.").max(100, "At most 100 seats.").meta({ title: "Added seats" }),
    lastDay: z.iso.date("Enter a day.").meta({ title: "Last day", help: "They end with this day, in UTC" }),
  }),
  limit({ input, roles }) {
    const { seats, days } = roles.includes("billing") ? most.billing : most.support;
    return input.seats > seats || endOf(input.lastDay).getTime() - Date.now() > (days + 1) * day
      ? `You may lend at most ${plural(seats, "seat")} for at most ${plural(days, "day")}. Billing may lend ${most.billing.seats} for ${most.billing.days} days.`
      : null;
  },
  unavailable: whyNotRunning,
  inverse: () => ({ operation: "subscription.endSeatExpansion" }),
  summary: ({ target, input }) => `Lend ${target.name} ${plural(input.seats, "seat")} until ${formatDay(endOf(input.lastDay))}`,
  consequences: ({ input }) => [
    `After ${formatDay(endOf(input.lastDay))} nobody is thrown out, but where people then take more seats than there are, nobody can be invited.`,
  ],
  async run({ db, target, input, effect }) {
    const endsAt = endOf(input.lastDay);
    if (endsAt <= new Date()) throw refuse("Choose a day that is not over.");
    if ((await findSeats(db, target.id)).lent > 0)
      throw new AppError("CONFLICT", { userMessage: `${target.name} has lent seats already. End those first.` });
    await db.seatExpansion.create({ data: { organizationId: target.id, seats: input.seats, endsAt }, select: { id: true } });
    const sentences = [
      `${target.name} has ${plural(input.seats, "seat")} more until ${formatDay(endsAt)}.`,
      "After that day everybody keeps their access. Where more people are in than there are seats, nobody can be invited until that is settled.",
    ];
    const data = { organizationName: target.name, slug: target.slug, sentences };
    for (const owner of await ownersOf(db, target.id)) effect(mail(seatsChanged, { to: owner, data }));
  },
});

function endOf(isoDay: string): Date {
  return new Date(`${isoDay}T23:59:59Z`);
}

function refuse(sentence: string): AppError {
  return new AppError("CONFLICT", { userMessage: sentence, details: { fields: { "input.lastDay": sentence } } });
}

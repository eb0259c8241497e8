import { z } from "zod";
import { seatsChanged } from "#domain/mails/seats-changed.ts";
import { describeUse, manySeats, seatCount, seatsUsed } from "#domain/seats.ts";
import { plural } from "#lib/text.ts";
import { mail } from "#server/effects/mail.ts";
import { AppError } from "#server/errors.ts";
import { defineOperation } from "#server/operation.ts";
import { ownersOf } from "#server/organization-owners.ts";
import { findSeats } from "#server/seats.ts";
import { requireSubscription, whyNotRunning } from "#server/stripe/billed.ts";
import { findGivenByChange } from "#server/stripe/given-by-change.ts";
import { setSeatsAtStripe } from "#server/stripe/set-seats.ts";

/**
 * What is given back for fewer seats is money that somebody gives: thresholds and budgets count it. More seats than the
 * plan has are an exception that a second person agrees to.
 */
export const subscriptionSetSeats = defineOperation({
  name: "subscription.setSeats",
  title: "Set seats",
  description: "How many people of this customer the subscription pays for.",
  target: "Organization",
  allow: { billing: true },
  risk: "risky",
  ticket: "required",
  input: z.strictObject({ seats: seatCount.meta({ title: "Seats", help: "All of them, not only the added ones" }) }),
  defaults: (target) => ({ seats: target.subscription?.seats }),
  limit({ input, target, roles }) {
    const { seats: before, plan } = requireSubscription(target);
    return manySeats({ before, after: input.seats, plan, roles });
  },
  amount({ input: { seats }, target, db }) {
    const { planId } = requireSubscription(target);
    return findGivenByChange(db, { target, after: { planId, seats }, prorated: true });
  },
  unavailable: whyNotRunning,
  inverse({ changes }) {
    const before = changes.find(({ tableName }) => tableName === "Subscription")?.before?.seats;
    return before ? { operation: "subscription.setSeats", input: { seats: before } } : null;
  },
  summary: ({ target, input }) => `Set the seats of ${target.name} to ${input.seats}`,
  consequences: ({ target, input }) => [`${target.name} pays for ${plural(input.seats, "seat")} from the next request on.`],
  async run({ db, target, input, context, eventId, effect }) {
    const seats = await findSeats(db, target.id);
    if (seats.licensed === input.seats) throw refuse("It has that many seats already.");
    if (input.seats < seats.licensed && seatsUsed(seats) > input.seats)
      throw refuse(`${describeUse(seats)} take ${plural(seatsUsed(seats), "seat")}. Reclaim seats or remove people first.`);
    await db.subscription.update({ where: { organizationId: target.id }, data: { seats: input.seats }, select: { id: true } });
    await setSeatsAtStripe({ db, effect, eventId, context }, target, input.seats);
    const sentences = [`${target.name} has ${plural(input.seats, "seat")} now; before it had ${seats.licensed}.`];
    const data = { organizationName: target.name, slug: target.slug, sentences };
    for (const owner of await ownersOf(db, target.id)) effect(mail(seatsChanged, { to: owner, data }));
  },
});

function refuse(sentence: string): AppError {
  return new AppError("CONFLICT", { userMessage: sentence, details: { fields: { "input.seats": sentence } } });
}

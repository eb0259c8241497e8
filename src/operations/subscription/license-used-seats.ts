import { z } from "zod";
import { seatsChanged } from "#domain/mails/seats-changed.ts";
import { periodPrice } from "#domain/plan-change.ts";
import { describeUse, seatsUsed } from "#domain/seats.ts";
import { formatMoney } from "#lib/money.ts";
import { plural } from "#lib/text.ts";
import { findBillingPeriod } from "#server/billing-period.ts";
import { mail } from "#server/effects/mail.ts";
import { AppError } from "#server/errors.ts";
import { defineOperation } from "#server/operation.ts";
import { ownersOf } from "#server/organization-owners.ts";
import { findSeats } from "#server/seats.ts";
import { requireSubscription, whyNotRunning } from "#server/stripe/billed.ts";
import { setSeatsAtStripe } from "#server/stripe/set-seats.ts";

export const subscriptionLicenseUsedSeats = defineOperation({
  name: "subscription.licenseUsedSeats",
  title: "License the seats in use",
  description: "Where more people are in than are paid for: has all of them paid for.",
  target: "Organization",
  allow: { billing: true },
  risk: "risky",
  ticket: "required",
  input: z.strictObject({}),
  unavailable: whyNotRunning,
  inverse({ changes }) {
    const before = changes.find(({ tableName }) => tableName === "Subscription")?.before?.seats;
    return before ? { operation: "subscription.setSeats", input: { seats: before } } : null;
  },
  summary: ({ target }) => `License the seats that ${target.name} uses`,
  async consequences({ target, db }) {
    const subscription = requireSubscription(target);
    const seats = await findSeats(db, target.id);
    const period = await findBillingPeriod(db, { organizationId: target.id, endsAt: subscription.currentPeriodEndsAt });
    const price = (count: number) => formatMoney(periodPrice({ ...subscription, seats: count }, period), subscription.currency);
    return [
      `${describeUse(seats)} take ${plural(seatsUsed(seats), "seat")}; ${seats.licensed} are paid for.`,
      `A period then costs ${price(seatsUsed(seats))} instead of ${price(seats.licensed)}. The rest of this one is charged with the next invoice.`,
    ];
  },
  async run({ db, target, context, eventId, effect }) {
    const seats = await findSeats(db, target.id);
    const used = seatsUsed(seats);
    if (used <= seats.licensed) throw new AppError("CONFLICT", { userMessage: `${target.name} uses no more seats than it pays for.` });
    await db.subscription.update({ where: { organizationId: target.id }, data: { seats: used }, select: { id: true } });
    await setSeatsAtStripe({ db, effect, eventId, context }, target, used);
    const sentences = [`${target.name} has ${plural(used, "seat")} now, as many as it uses; before it had ${seats.licensed}.`];
    const data = { organizationName: target.name, slug: target.slug, sentences };
    for (const owner of await ownersOf(db, target.id)) effect(mail(seatsChanged, { to: owner, data }));
  },
});

import type { SystemActor } from "#server/actor.ts";
import { arrange, unique } from "../fixtures.ts";
import { makeInvoice } from "../make-invoice.ts";
import type { Scenarios, World } from "./scenario.ts";

const select = { id: true } as const;

/** The organization, with its subscription at the payment provider and whatever else of it is asked for. */
export async function subscribe(
  { id: organizationId }: Pick<World, "id">,
  data: { status?: "active" | "pastDue" | "canceled"; cancelAt?: Date; currentPeriodEndsAt?: Date; seats?: number } = {},
): Promise<string> {
  const stripeSubscriptionId = `sub_${unique()}`;
  await arrange((db) => db.subscription.update({ where: { organizationId }, data: { stripeSubscriptionId, ...data }, select }));
  return organizationId;
}

/** A paid invoice that can be refunded. */
export function makePaidInvoice(world: Pick<World, "id">): Promise<string> {
  return withStripeIds(makeInvoice(world, { status: "paid" }));
}

async function withStripeIds(made: Promise<string>): Promise<string> {
  const id = await made;
  const data = { stripeInvoiceId: `in_${unique()}`, stripePaymentIntentId: `pi_${unique()}`, stripeChargeId: `ch_${unique()}` };
  await arrange((db) => db.invoice.update({ where: { id }, data, select }));
  return id;
}

const worker: SystemActor = { type: "system", id: "worker", label: "Test" };

async function endsNow({ id: organizationId }: World): Promise<string> {
  await arrange((db) => db.subscription.update({ where: { organizationId }, data: { cancelAt: new Date("2020-01-01") }, select }));
  return organizationId;
}

/** What is billed, given back, and subscribed to. */
export const billingScenarios = {
  "invoice.refund": { targetOf: makePaidInvoice, input: () => ({ amount: "20.00" }) },
  "invoice.retryPayment": { targetOf: (world) => withStripeIds(makeInvoice(world)) },
  "organization.credit": { targetOf: ({ id }) => id, input: () => ({ amount: "10.00", description: "For the trouble" }) },
  "organization.invoiceOneOff": { targetOf: ({ id }) => id, input: () => ({ amount: "120.00", description: "A training" }) },
  "organization.resetUsage": { targetOf: ({ id }) => id, input: () => ({ counter: "apiRequests" }), changesNothing: true },
  "subscription.applyDiscount": { targetOf: (world) => subscribe(world), input: () => ({ code: "WELCOME10" }) },
  "subscription.cancel": { targetOf: (world) => subscribe(world), input: () => ({ when: "periodEnd" }) },
  "subscription.changePlan": { targetOf: (world) => subscribe(world), input: () => ({ plan: "business", prorate: true }) },
  "subscription.end": { targetOf: endsNow, actorOf: () => worker },
  "subscription.licenseUsedSeats": { targetOf: (world) => subscribe(world, { seats: 2 }) },
  "subscription.reactivate": { targetOf: (world) => subscribe(world, { cancelAt: new Date("2099-01-01T00:00:00Z") }) },
} satisfies Scenarios;

import type { SystemActor } from "#server/actor.ts";
import type { Transaction } from "#server/db.ts";
import { arrange, unique } from "../fixtures.ts";
import { makePaidInvoice } from "./billing.ts";
import type { Scenarios, World } from "./scenario.ts";

const worker: SystemActor = { type: "system", id: "worker", label: "Test" };
const select = { id: true } as const;

/** A call to Stripe that waits, of a credit of 10.00 €. */
export async function makeCreditCall({ id: organizationId }: Pick<World, "id">, state: "pending" | "failed" = "pending"): Promise<string> {
  const { callId } = await arrange(async (db) => {
    const { id: objectId } = await db.ledgerEntry.create({
      data: { organizationId, kind: "credit", amount: 1_000, currency: "EUR", staffMemberId: "stf_test", staffLabel: "Test" },
      select,
    });
    const parameters = { customer: "cus_test", amount: 1_000, currency: "EUR", description: "Test" };
    const call = await db.stripeCall.create({
      data: { organizationId, kind: "credit", objectId, parameters, eventId: `evt_${unique()}` },
      select,
    });
    if (state === "failed") await fail(db, call.id, objectId);
    return { callId: call.id };
  });
  return callId;
}

async function fail(db: Transaction, callId: string, objectId: string): Promise<void> {
  const failed = { state: "failed", failure: "Stripe refused: test", settledAt: new Date() } as const;
  await db.stripeCall.update({ where: { id: callId }, data: failed, select });
  await db.ledgerEntry.update({ where: { id: objectId }, data: failed, select });
}

/** What Stripe would tell of an organization that has 12.00 € in hand there. */
const snapshot = () => ({
  fetchedAt: new Date().toISOString(),
  customerExists: true,
  creditBalance: 1_200,
  paymentMethod: null,
  subscription: null,
  invoices: [],
  failedRefunds: [],
  unknownRefunds: [],
});

/** Somebody gave back 5.00 € of it at Stripe itself. */
async function makeRefundedThere(world: World): Promise<string> {
  const invoiceId = await makePaidInvoice(world);
  await arrange((db) => db.invoice.update({ where: { id: invoiceId }, data: { stripePaymentIntentId: paymentOf(world) }, select }));
  return invoiceId;
}

const paymentOf = ({ id }: World) => `pi_${id.slice(4)}`;
const refundOf = (world: World) => ({
  stripeId: `re_${unique()}`,
  chargeId: `ch_${unique()}`,
  paymentIntent: paymentOf(world),
  amount: 500,
  currency: "EUR",
  madeAt: new Date().toISOString(),
  callId: null,
});

/** What is asked of Stripe, and what Stripe tells. */
export const stripeScenarios = {
  "invoice.takeOverRefund": { targetOf: makeRefundedThere, input: (world) => ({ refund: refundOf(world) }), actorOf: () => worker },
  "organization.mirrorStripe": { targetOf: ({ id }) => id, input: () => ({ snapshot: snapshot() }), actorOf: () => worker },
  "organization.resyncFromStripe": { targetOf: makeDrift },
  "stripeCall.retry": { targetOf: (world) => makeCreditCall(world, "failed") },
  "stripeCall.settle": {
    targetOf: (world) => makeCreditCall(world),
    input: () => ({ state: "succeeded", stripeId: `cbtxn_${unique()}` }),
    actorOf: () => worker,
  },
} satisfies Scenarios;

/** At Stripe it has nine seats. */
async function makeDrift({ id: organizationId }: World): Promise<string> {
  const drift = { organizationId, objectType: "Subscription", objectId: "sub_test", field: "seats", ours: 5, theirs: 9 };
  await arrange((db) => db.billingDrift.create({ data: drift, select }));
  return organizationId;
}

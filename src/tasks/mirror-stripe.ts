import { setTimeout } from "node:timers/promises";
import { isNothing, whatToMirror } from "#domain/billing-comparison.ts";
import { findDrift } from "#domain/billing-drift.ts";
import type { BillingSnapshot } from "#domain/billing-snapshot.ts";
import { whileClaimed } from "#server/claim.ts";
import { writer } from "#server/db.ts";
import type { EffectJob } from "#server/effects/effect.ts";
import type { MirrorJob } from "#server/effects/mirror.ts";
import { fetchSnapshot } from "#server/stripe/fetch-snapshot.ts";
import { databaseTime, isSeenSince, recordDrift } from "#server/stripe/mirror-clock.ts";
import { findOwnBilling } from "#server/stripe/own-billing.ts";
import { findRefundsMadeThere, whyNotTakenOver } from "#server/stripe/refunds-made-there.ts";
import type { KnownRefunds } from "#server/stripe/surprising-refunds.ts";
import { runAsSystem } from "./run-as-system.ts";
import type { QueueTask } from "./task.ts";

const longestWait = 20_000;

/**
 * Looks at Stripe after an event or a call. An event says only whom to look at: what counts is what is there now, so it
 * does not matter in which order events arrive, how often, or how late.
 */
export const mirrorStripeTask: QueueTask = {
  queue: "stripeEvent",
  atOnce: 4,
  async handle({ data }) {
    const { payload, origin } = data as EffectJob<MirrorJob>;
    if ("organizationId" in payload) await mirrorOrganization(payload.organizationId, origin.requestId);
    else await takeEvent(payload.stripeEventId, origin.requestId);
    return undefined;
  },
};

async function takeEvent(id: string, requestId: string): Promise<void> {
  const event = await writer().stripeEvent.findUnique({ where: { id }, select: { customerId: true, processedAt: true } });
  if (!event || event.processedAt) return;
  const { customerId } = event;
  const organization = customerId
    ? await writer().organization.findUnique({ where: { stripeCustomerId: customerId }, select: { id: true } })
    : null;
  const startedAt = await databaseTime();
  if (organization) await mirrorOrganization(organization.id, requestId);
  // What was there before we looked is seen with it.
  const seen = customerId ? { customerId, receivedAt: { lte: startedAt } } : { id };
  await writer().stripeEvent.updateMany({ where: { OR: [{ id }, seen], processedAt: null }, data: { processedAt: startedAt } });
}

/** Compares one organization with what Stripe has of it, takes over what Stripe decides on, and writes down what else differs. */
export async function mirrorOrganization(id: string, requestId?: string): Promise<void> {
  const fetchedAt = await databaseTime();
  const before = await findOwnBilling(writer(), id, { fetchedAt: fetchedAt.toISOString(), invoices: [] });
  if (!before?.stripeCustomerId) return;
  const snapshot = await fetchSnapshot({
    fetchedAt,
    customer: before.stripeCustomerId,
    subscription: before.subscription?.stripeSubscriptionId ?? null,
    refunds: await findKnownRefunds(id),
  });
  await oneAtATime(id, async () => {
    // Whoever looked later saw all that this look saw.
    if (await isSeenSince(id, fetchedAt)) return;
    if (await differs(id, snapshot)) await takeOver(id, snapshot, requestId);
    await takeOverRefunds(id, snapshot, requestId);
    const after = await findOwnBilling(writer(), id, snapshot);
    if (after) await recordDrift(id, fetchedAt, findDrift(after, snapshot));
  });
}

/** Several events of one customer arrive together. Nobody holds a connection while they wait for each other. */
async function oneAtATime(organizationId: string, work: () => Promise<void>): Promise<void> {
  const until = Date.now() + longestWait;
  while (Date.now() < until) {
    const done = await whileClaimed(`mirror of ${organizationId}`, async () => {
      await work();
      return true;
    });
    if (done) return;
    await setTimeout(50 + Math.random() * 50);
  }
  throw new Error("Others are still taking over what Stripe has of this customer.");
}

async function differs(id: string, snapshot: BillingSnapshot): Promise<boolean> {
  const ours = await findOwnBilling(writer(), id, snapshot);
  return ours !== null && !isNothing(whatToMirror(ours, snapshot));
}

async function findKnownRefunds(organizationId: string): Promise<KnownRefunds> {
  const refunds = await writer().ledgerEntry.findMany({
    where: { organizationId, kind: "refund", stripeId: { not: null } },
    select: { stripeId: true, state: true },
  });
  return refunds.flatMap(({ stripeId, state }) => (stripeId ? [{ stripeId, hasFailed: state === "failed" }] : []));
}

async function takeOver(targetId: string, snapshot: BillingSnapshot, requestId?: string): Promise<void> {
  try {
    await runAsSystem("Stripe", "organization.mirrorStripe", { targetId, input: { snapshot }, requestId });
  } catch (error) {
    // Somebody made it so at the same moment.
    if (await differs(targetId, snapshot)) throw error;
  }
}

/** One event for each, with the invoice that it is of. What does not fit while others wait is looked at again when they are done. */
async function takeOverRefunds(organizationId: string, { unknownRefunds }: BillingSnapshot, requestId?: string): Promise<void> {
  for (const { invoiceId, refund } of await findRefundsMadeThere(writer(), organizationId, unknownRefunds)) {
    try {
      await runAsSystem("Stripe", "invoice.takeOverRefund", { targetId: invoiceId, input: { refund }, requestId });
    } catch (error) {
      if (!(await whyNotTakenOver(writer(), invoiceId, refund))) throw error;
    }
  }
}

import { chargeOf } from "../../dev/stripe/import.ts";
import { arrange, makeOrganization, unique } from "./fixtures.ts";
import { makeImported, type TestStripe } from "./stripe.ts";

export type BilledWorld = Awaited<ReturnType<typeof makeBilledWorld>>;

/** An organization on the team plan that Stripe knows, with one paid invoice of 45.00 €; alike on both sides. */
export async function makeBilledWorld(stripe: Pick<TestStripe, "import">, given: Parameters<typeof makeImported>[0] = {}) {
  const world = await makeOrganization();
  const customer = makeImported({ name: world.name, email: world.people.owner.email, ...given });
  await stripe.import([customer]);
  const { invoiceId } = await arrange((db) => mirror(db, world.id, customer));
  return { ...world, customer, invoiceId, paymentIntent: customer.invoices?.[0]?.paymentIntent ?? "" };
}

async function mirror(db: Parameters<Parameters<typeof arrange>[0]>[0], id: string, customer: ReturnType<typeof makeImported>) {
  const { subscription, invoices = [], card } = customer;
  const [invoice] = invoices;
  if (!subscription || !invoice || !card) throw new Error("This world has a subscription, an invoice and a card.");
  const time = (seconds: number) => new Date(seconds * 1_000);
  await db.organization.update({ where: { id }, data: { stripeCustomerId: customer.id }, select: { id: true } });
  await db.subscription.update({
    where: { organizationId: id },
    data: {
      status: "active",
      trialEndsAt: null,
      seats: subscription.quantity,
      stripeSubscriptionId: subscription.id,
      currentPeriodEndsAt: time(subscription.periodEnd ?? 0),
    },
    select: { id: true },
  });
  await db.paymentMethod.create({
    data: { organizationId: id, stripeId: card.id, brand: "visa", last4: "4242", expiresMonth: 12, expiresYear: 2032 },
    select: { id: true },
  });
  const { id: invoiceId } = await db.invoice.create({
    data: {
      organizationId: id,
      number: invoice.number,
      status: "paid",
      currency: "EUR",
      amountDue: invoice.amount,
      amountPaid: invoice.amount,
      lines: [{ description: invoice.description, quantity: invoice.quantity ?? 1, amount: invoice.amount }],
      periodStart: time(invoice.periodStart),
      periodEnd: time(invoice.periodEnd),
      issuedAt: time(invoice.created),
      paidAt: time(invoice.created),
      stripeInvoiceId: invoice.id,
      stripePaymentIntentId: invoice.paymentIntent ?? null,
      stripeChargeId: chargeOf(invoice.id),
      attempts: 1,
    },
    select: { id: true },
  });
  return { invoiceId };
}

/** A refund that waits to be carried out, as a run leaves it. */
export function makeRefundCall(
  { id: organizationId, invoiceId, paymentIntent }: Pick<BilledWorld, "id" | "invoiceId" | "paymentIntent">,
  amount: number,
) {
  return arrange(async (db) => {
    const { id: ledgerId } = await db.ledgerEntry.create({
      data: { organizationId, invoiceId, kind: "refund", amount, currency: "EUR", staffMemberId: "stf_test", staffLabel: "Test" },
      select: { id: true },
    });
    const { id: callId } = await db.stripeCall.create({
      data: { organizationId, kind: "refund", objectId: ledgerId, parameters: { paymentIntent, amount }, eventId: `evt_${unique()}` },
      select: { id: true },
    });
    return { ledgerId, callId };
  });
}

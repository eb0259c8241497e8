import type { InvoiceStatus } from "#generated/prisma/enums.ts";
import type { Transaction } from "#server/db.ts";
import { chargeOf } from "../dev/stripe/import.ts";
import { cardOf, stripeId } from "./world/stripe.ts";
import type { WorldOrganization } from "./world/types.ts";

type Billed = WorldOrganization & { id: string; createdAt: Date };

const day = 86_400_000;
const month = 30 * day;
const year = 365 * day;
const mostPeriods = 14;
/** For each seat and month, in minor units. */
const prices = { free: 0, team: 900, business: 1_900 } as const;
const yenForOneEuro = 160;

/** What this customer pays with, as Stripe tells it. */
export async function seedPaymentMethod(db: Transaction, { id, slug, stripeCustomerId }: Billed): Promise<void> {
  const card = stripeCustomerId ? cardOf(slug) : null;
  if (!stripeCustomerId || !card) return;
  const { brand, last4, expiresMonth, expiresYear } = card;
  const own = { organizationId: id, stripeId: stripeId("pm", stripeCustomerId) };
  await db.paymentMethod.create({ data: { ...own, brand, last4, expiresMonth, expiresYear }, select: { id: true } });
}

/** The invoices that this organization has got so far, and the one that comes next. */
export async function seedInvoices(db: Transaction, organization: Billed, now: Date): Promise<void> {
  if (prices[organization.plan] === 0) return;
  const { createdAt, periodEndsInDays, trialEndsInDays = 0 } = organization;
  const end = new Date(now.getTime() + (periodEndsInDays ?? Math.max(trialEndsInDays, 0)) * day);
  const length = (periodEndsInDays ?? 0) * day > month ? year : month;
  const age = Math.floor((end.getTime() - createdAt.getTime()) / length);
  const periods = periodEndsInDays === undefined ? 0 : Math.min(mostPeriods, age);
  for (let index = 0; index < periods; index += 1) {
    const periodStart = new Date(end.getTime() - (periods - index) * length);
    await seedInvoice(db, organization, { index, periodStart, length, isLast: index === periods - 1 });
  }
  const comes = organization.status === "active" || (organization.status === "trialing" && end > now);
  if (comes) await seedInvoice(db, organization, { index: periods, periodStart: end, length, isLast: true, planned: true });
}

type Period = { index: number; periodStart: Date; length: number; isLast: boolean; planned?: boolean };

async function seedInvoice(
  db: Transaction,
  organization: Billed,
  { index, periodStart, length, isLast, planned = false }: Period,
): Promise<void> {
  const unpaid = isLast && organization.status === "pastDue";
  const status: InvoiceStatus = planned ? "draft" : unpaid ? "open" : "paid";
  const amount = organization.seats * prices[organization.plan] * (length === year ? 12 : 1);
  const amountDue = organization.currency === "JPY" ? (amount * yenForOneEuro) / 100 : amount;
  await db.invoice.create({
    data: {
      organizationId: organization.id,
      number: `${organization.slug.toUpperCase()}-${String(index + 1).padStart(4, "0")}`,
      status,
      currency: organization.currency ?? "EUR",
      amountDue,
      amountPaid: status === "paid" ? amountDue : 0,
      lines: [
        {
          description: `${organization.plan === "team" ? "Team" : "Business"} plan, each seat`,
          quantity: organization.seats,
          amount: amountDue,
        },
      ],
      periodStart,
      periodEnd: new Date(periodStart.getTime() + length),
      issuedAt: periodStart,
      dueAt: new Date(periodStart.getTime() + 14 * day),
      paidAt: status === "paid" ? new Date(periodStart.getTime() + 3 * day) : null,
      ...(organization.stripeCustomerId && !planned && stripeFacts(organization.stripeCustomerId, index, status)),
    },
    select: { id: true },
  });
}

/** What Stripe knows it by; it tries again to collect the open one. */
function stripeFacts(customer: string, index: number, status: InvoiceStatus) {
  const stripeInvoiceId = stripeId("in", customer, index);
  const paid = { stripePaymentIntentId: stripeId("pi", customer, index), stripeChargeId: chargeOf(stripeInvoiceId), attempts: 1 };
  if (status === "paid") return { stripeInvoiceId, ...paid };
  return { stripeInvoiceId, attempts: 2, nextAttemptAt: new Date(Date.now() + 2 * day) };
}

import { readLines } from "#domain/invoices.ts";
import { reader } from "#server/db.ts";
import { lookupKey } from "#server/stripe/prices.ts";
import type { ImportedCustomer } from "../dev/stripe/import.ts";
import { cardOf } from "./world/stripe.ts";

const most = 2_000;
const atOnce = 500;
const longestMonth = 40 * 86_400_000;
const statuses = { trialing: "trialing", active: "active", pastDue: "past_due", canceled: "canceled" } as const;

/** Tells the Stripe stand-in of every customer whom the database takes to be at Stripe and who is not there yet. Answers how many. */
export async function importIntoStandIn(apiBase: string): Promise<number> {
  const organizations = await findOrganizations();
  const response = await fetch(`${apiBase}/objects.json?kind=customer`);
  const there = new Set(((await response.json()) as { id: string }[]).map(({ id }) => id));
  const missing = organizations.filter(({ stripeCustomerId }) => !there.has(stripeCustomerId ?? ""));
  for (let start = 0; start < missing.length; start += atOnce) {
    const customers = missing.slice(start, start + atOnce).map(describe);
    const headers = { "content-type": "application/json" };
    const answer = await fetch(`${apiBase}/control/import`, { method: "POST", headers, body: JSON.stringify({ customers }) });
    if (!answer.ok) throw new Error(`The Stripe stand-in refused the customers: ${await answer.text()}`);
  }
  return missing.length;
}

type Organization = Awaited<ReturnType<typeof findOrganizations>>[number];

function findOrganizations() {
  return reader().organization.findMany({
    where: { stripeCustomerId: { not: null } },
    orderBy: { id: "asc" },
    take: most,
    select: {
      name: true,
      slug: true,
      stripeCustomerId: true,
      creditBalance: true,
      createdAt: true,
      paymentMethod: true,
      subscription: true,
      memberships: { where: { role: "owner" }, orderBy: { id: "asc" }, take: 1, select: { user: { select: { email: true } } } },
      invoices: { where: { stripeInvoiceId: { not: null } }, orderBy: { issuedAt: "asc" }, take: 100, include: { ledgerEntries: true } },
    },
  });
}

function describe(organization: Organization): ImportedCustomer {
  const { name, slug, stripeCustomerId, creditBalance, createdAt, paymentMethod, subscription, memberships, invoices } = organization;
  const { decline, refundFailure } = cardOf(slug) ?? {};
  return {
    id: stripeCustomerId ?? "",
    name,
    email: memberships[0]?.user.email ?? "",
    currency: (subscription?.currency ?? "EUR").toLowerCase(),
    created: seconds(createdAt),
    credit: creditBalance,
    invoicePrefix: slug.toUpperCase(),
    card: paymentMethod && {
      id: paymentMethod.stripeId,
      brand: paymentMethod.brand,
      last4: paymentMethod.last4,
      expiresMonth: paymentMethod.expiresMonth,
      expiresYear: paymentMethod.expiresYear,
      ...(decline && { decline }),
      ...(refundFailure && { refundFailure }),
    },
    subscription: describeSubscription(organization),
    invoices: invoices.flatMap((invoice) => describeInvoice(invoice) ?? []),
  };
}

function describeSubscription({ subscription, invoices, createdAt }: Organization): ImportedCustomer["subscription"] {
  if (!subscription?.stripeSubscriptionId) return null;
  const { stripeSubscriptionId: id, planId, currency, seats, status, trialEndsAt, currentPeriodEndsAt } = subscription;
  const end = currentPeriodEndsAt ?? trialEndsAt ?? new Date();
  const start = invoices.findLast(({ periodEnd }) => periodEnd <= end)?.periodStart ?? createdAt;
  const interval = currentPeriodEndsAt && end.getTime() - start.getTime() > longestMonth && invoices.length > 0 ? "year" : "month";
  return {
    id,
    lookupKey: lookupKey({ planId, currency, interval }),
    quantity: seats,
    status: statuses[status],
    trialEnd: status === "trialing" && trialEndsAt ? seconds(trialEndsAt) : null,
    periodStart: seconds(start),
    periodEnd: seconds(end),
  };
}

type Invoice = Organization["invoices"][number];

function describeInvoice(invoice: Invoice): NonNullable<ImportedCustomer["invoices"]>[number] | null {
  const { status, stripeInvoiceId, stripePaymentIntentId, lines, issuedAt, paidAt, dueAt, nextAttemptAt, ledgerEntries } = invoice;
  if (status !== "open" && status !== "paid") return null;
  const [line] = readLines(lines);
  const refunds = ledgerEntries.filter(({ state, stripeId }) => state === "succeeded" && stripeId !== null);
  return {
    id: stripeInvoiceId ?? "",
    ...(stripePaymentIntentId && { paymentIntent: stripePaymentIntentId }),
    number: invoice.number,
    status,
    amount: invoice.amountDue,
    description: line?.description ?? "",
    quantity: line?.quantity ?? 1,
    created: seconds(issuedAt),
    periodStart: seconds(invoice.periodStart),
    periodEnd: seconds(invoice.periodEnd),
    attempts: invoice.attempts,
    nextAttempt: nextAttemptAt && seconds(nextAttemptAt),
    dueDate: dueAt && seconds(dueAt),
    ...(paidAt && { paidAt: seconds(paidAt) }),
    refunds: refunds.map(({ stripeId, amount, createdAt }) => ({ id: stripeId ?? "", amount, created: seconds(createdAt) })),
  };
}

function seconds(time: Date): number {
  return Math.floor(time.getTime() / 1_000);
}

import { applyCredit, withDiscount } from "#domain/billing-amounts.ts";
import { periodEnd } from "#domain/cancellation.ts";
import { type BillingPeriod, periodPrice } from "#domain/plan-change.ts";
import { Prisma } from "#generated/prisma/client.ts";
import { findBillingPeriod } from "./billing-period.ts";
import type { Reader } from "./db.ts";
import { wasAskedAgain } from "./stripe/asked-again.ts";
import { subscriptionColumns } from "./targets/select.ts";

const entry = {
  id: true,
  kind: true,
  amount: true,
  currency: true,
  state: true,
  failure: true,
  stripeId: true,
  stripeChargeId: true,
  staffMemberId: true,
  staffLabel: true,
  createdAt: true,
  settledAt: true,
  invoice: { select: { id: true, number: true } },
} as const;

/** Of an organization's invoices, those that could not be collected so far. */
export const dunning = {
  where: { status: "open", attempts: { gt: 0 } },
  orderBy: { issuedAt: "asc" },
  take: 5,
  select: { id: true, number: true, currency: true, amountDue: true, amountPaid: true, attempts: true, nextAttemptAt: true },
} as const;

/** How a customer stands: plan, credit, payment method, what was given, what could not be collected, and what Stripe sees otherwise. Null for no such customer. */
export async function findBilling(db: Reader, organizationId: string) {
  const found = await db.organization.findUnique({
    where: { id: organizationId },
    relationLoadStrategy: "join",
    select: {
      name: true,
      stripeCustomerId: true,
      creditBalance: true,
      subscription: {
        select: {
          ...subscriptionColumns,
          canceledAt: true,
          plan: { select: { name: true } },
        },
      },
      paymentMethod: { select: { brand: true, last4: true, expiresMonth: true, expiresYear: true } },
      ledgerEntries: { orderBy: { id: "desc" }, take: 10, select: entry },
      invoices: dunning,
      billingDrifts: {
        orderBy: { id: "asc" },
        take: 20,
        select: { id: true, objectType: true, field: true, ours: true, theirs: true, foundAt: true },
      },
    },
  });
  if (!found) return null;
  const { invoices, billingDrifts: drift, ...billing } = found;
  return { ...billing, dunning: invoices, drift };
}

export type Billing = NonNullable<Awaited<ReturnType<typeof findBilling>>>;

/** What Stripe still has to do for a customer, and what it refused and nobody asked for again since. */
export function findOpenCalls(db: Reader, organizationId: string): Promise<{ id: string }[]> {
  return db.$queryRaw`SELECT c."id" FROM ${openCallsOf(organizationId)} ORDER BY c."id" DESC LIMIT 10`;
}

/** SQL: the same calls as `c`, after FROM. */
export function openCallsOf(organizationId: string): Prisma.Sql {
  return Prisma.sql`"StripeCall" c WHERE c."organizationId" = ${organizationId}
    AND (c."state" = 'pending' OR (c."state" = 'failed' AND NOT ${wasAskedAgain}))`;
}

export type Planned = { amountDue: number; currency: string; issuedAt: Date } | null;
export type NextInvoice = { amount: number; credit: number; currency: string; at: Date };

/** What is billed next and when, as plan, seats, discount and credit make it; where no period says when, as it was planned. Null where nothing is. */
export async function findNextInvoice(
  db: Reader,
  organizationId: string,
  { subscription, creditBalance }: Pick<Billing, "subscription" | "creditBalance">,
  planned: Planned,
): Promise<NextInvoice | null> {
  const period = await findBillingPeriod(db, { organizationId, endsAt: subscription?.currentPeriodEndsAt ?? null });
  return nextInvoice({ subscription, creditBalance, planned, period });
}

type Subscribed = Pick<
  NonNullable<Billing["subscription"]>,
  "planId" | "status" | "seats" | "currency" | "trialEndsAt" | "currentPeriodEndsAt" | "cancelAt" | "discountPercent"
>;
type Standing = { subscription: Subscribed | null; creditBalance: number; planned: Planned; period: BillingPeriod | null };

export function nextInvoice({ subscription, creditBalance, planned, period }: Standing): NextInvoice | null {
  if (!subscription || subscription.status === "canceled" || subscription.cancelAt) return null;
  const { currency, discountPercent } = subscription;
  const at = periodEnd(subscription);
  if (!at || at <= new Date())
    return planned && nextOf(withDiscount(planned.amountDue, discountPercent ?? 0), creditBalance, planned.currency, planned.issuedAt);
  const due = periodPrice(subscription, period);
  return due === 0 ? null : nextOf(due, creditBalance, currency, at);
}

function nextOf(due: number, creditBalance: number, currency: string, at: Date): NextInvoice {
  const { toPay, used } = applyCredit({ due, credit: creditBalance });
  return { amount: toPay, credit: used, currency, at };
}

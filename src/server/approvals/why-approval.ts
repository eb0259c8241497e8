import { guardedSettings, overThreshold, toHundredths, toMinor } from "#domain/approvals.ts";
import { formatMoney } from "#lib/money.ts";
import type { SignedInContext, StaffActor } from "../actor.ts";
import type { Transaction } from "../db.ts";
import type { Amount, AnyOperation } from "../operation.ts";
import { getSetting } from "../settings.ts";

type Asked = {
  operation: AnyOperation;
  input: Record<string, unknown>;
  target: { id: string };
  context: SignedInContext;
  organizationId: string | null;
};

/** Why a second person has to agree, in sentences; none where this one may alone. Only staff are asked for one. */
export async function whyApproval(db: Transaction, { operation, input, target, context, organizationId }: Asked): Promise<string[]> {
  const { actor } = context;
  if (actor.type !== "staff") return [];
  const amount = (await operation.amount?.({ input, target, db })) ?? null;
  const reasons = [
    operation.alwaysApproved,
    operation.target === "Setting" && guardedSettings.includes(target.id) && "It decides when a second person is needed.",
    await operation.limit?.({ input, target, roles: actor.roles, db }),
    ...(amount ? await whyNotAlone(db, { amount, operation, actor, organizationId }) : []),
  ];
  return reasons.filter((reason) => typeof reason === "string");
}

type Giving = { amount: Amount; operation: AnyOperation; actor: StaffActor; organizationId: string | null };

async function whyNotAlone(db: Transaction, { amount, operation, actor, organizationId }: Giving): Promise<(string | null)[]> {
  const [thresholds, budgets] = await Promise.all([getSetting("approvalThresholds"), getSetting("budgets")]);
  const given = await lockAndSum(db, { staffMemberId: actor.id, organizationId });
  const wanted = toHundredths(amount.amount, amount.currency);
  const beyond = (spent: number, budget: number, whose: string) =>
    spent + wanted > budget
      ? `With ${formatMoney(amount.amount, amount.currency)}, ${whose} would be above ${formatMoney(toMinor(budget, amount.currency), amount.currency)} without approval.`
      : null;
  return [
    overThreshold(amount, { operation: amount.as ?? operation.name, roles: actor.roles, thresholds }),
    beyond(given.byStaffMember, budgets.staffMemberADay, "what you gave within a day"),
    beyond(given.toCustomer, budgets.customerAMonth, "what this customer got within 30 days"),
  ];
}

type Budgets = { staffMemberId: string; organizationId: string | null };

/**
 * Whoever else gives something by the same person or to the same customer waits until this transaction ends, so that no
 * two of them see the same rest. Also where somebody has agreed: the others have to see that.
 */
export async function holdBudgets(db: Transaction, { staffMemberId, organizationId }: Budgets): Promise<void> {
  for (const key of [`budget of staff ${staffMemberId}`, `budget of customer ${organizationId}`])
    await db.$queryRaw`SELECT 1 AS "one" FROM (SELECT pg_advisory_xact_lock(hashtextextended(${key}, 0))) AS locked`;
}

/** What was given, in the ledger and beside it, in hundredths and all currencies at par. */
async function lockAndSum(db: Transaction, { staffMemberId, organizationId }: Budgets) {
  await holdBudgets(db, { staffMemberId, organizationId });
  const rows = await db.$queryRaw<{ currency: string; byStaffMember: bigint | null; toCustomer: bigint | null }[]>`
    SELECT "currency",
      sum("amount") FILTER (WHERE "staffMemberId" = ${staffMemberId} AND "createdAt" > now() - interval '1 day') AS "byStaffMember",
      sum("amount") FILTER (WHERE "organizationId" = ${organizationId} AND "createdAt" > now() - interval '30 days') AS "toCustomer"
    FROM (
      SELECT "currency", "amount", "staffMemberId", "organizationId", "createdAt", "state" FROM "LedgerEntry"
      -- What was made at Stripe itself may have become known long after it was given.
      WHERE "staffMemberId" IS NOT NULL OR "settledAt" > now() - interval '30 days'
      UNION ALL
      SELECT "givesCurrency", "gives", "givenById", "organizationId", "createdAt", "state" FROM "StripeCall" WHERE "gives" IS NOT NULL
    ) given WHERE "state" <> 'failed' AND (
      ("staffMemberId" = ${staffMemberId} AND "createdAt" > now() - interval '1 day')
      OR ("organizationId" = ${organizationId} AND "createdAt" > now() - interval '30 days')) GROUP BY "currency"`;
  const sum = (field: "byStaffMember" | "toCustomer") =>
    rows.reduce((total, row) => total + toHundredths(Number(row[field] ?? 0), row.currency), 0);
  return { byStaffMember: sum("byStaffMember"), toCustomer: sum("toCustomer") };
}

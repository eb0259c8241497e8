import type { Client } from "pg";
import type { TestStripe } from "../stripe.ts";

type Call = {
  id: string;
  state: string;
  amount: number;
  paymentIntent: string;
  runEvents: number;
  entries: number;
  settledEntries: number;
  outcomes: number;
};

export type Findings = {
  /** Refunds asked for, and runs that were committed. */
  asked: number;
  runs: number;
  calls: number;
  refunds: number;
  /** Asked for and acknowledged, without a committed run; or run, without a refund at Stripe. */
  lost: string[];
  /** More than one refund at Stripe for one run. */
  doubled: string[];
  /** Refunds at Stripe that no run asked for, or of another amount or payment. */
  strange: string[];
  /** Without exactly one event of the run, one entry of the ledger and one event of the outcome that names the run. */
  unaudited: string[];
  /** Invoices of which Stripe gave back another sum than the ledger says. */
  differing: string[];
};

type Options = { database: Client; stripe: Pick<TestStripe, "objects">; proposals: readonly string[]; organizations: readonly string[] };

/** Compares what was asked for, what was committed, what the ledger says and what Stripe did, one to one. */
export async function findFaults({ database, stripe, proposals, organizations }: Options): Promise<Findings> {
  const calls = (await database.query<Call>(callsSql, [organizations])).rows;
  const run = (await database.query<{ id: string }>(runsSql, [proposals])).rows.map(({ id }) => id);
  const runs = (await database.query<{ eventId: string; calls: number }>(eventsSql, [organizations])).rows;
  const known = new Map(calls.map((call) => [call.id, call]));
  const intents = new Set(calls.map(({ paymentIntent }) => paymentIntent));
  const refunds = (await stripe.objects("refund")).filter((refund) => intents.has(String(refund.payment_intent)));
  const byCall = Map.groupBy(refunds, (refund) => refund.metadata?.countersign_call ?? "");
  return {
    asked: proposals.length,
    runs: runs.length,
    calls: calls.length,
    refunds: refunds.length,
    lost: [
      ...proposals.filter((id) => !run.includes(id)),
      ...runs.filter((event) => event.calls === 0).map(({ eventId }) => eventId),
      ...calls.filter(({ id }) => !byCall.has(id)).map(({ id }) => id),
    ],
    doubled: calls.filter(({ id }) => (byCall.get(id)?.length ?? 0) > 1).map(({ id }) => id),
    strange: refunds.flatMap(({ id, amount, payment_intent, metadata }) => {
      const call = known.get(metadata?.countersign_call ?? "");
      return call?.amount === amount && call.paymentIntent === payment_intent ? [] : [id];
    }),
    unaudited: calls
      .filter(
        ({ state, runEvents, entries, settledEntries, outcomes }) =>
          state !== "succeeded" || runEvents !== 1 || entries !== 1 || settledEntries !== 1 || outcomes !== 1,
      )
      .map(({ id }) => id),
    differing: await findDifferences(database, stripe, organizations),
  };
}

async function findDifferences(database: Client, stripe: Options["stripe"], organizations: readonly string[]): Promise<string[]> {
  const { rows } = await database.query<{ paymentIntent: string; sum: number }>(sumsSql, [organizations]);
  const refunded = new Map((await stripe.objects("charge")).map((charge) => [String(charge.payment_intent), charge.amount_refunded]));
  return rows.filter(({ paymentIntent, sum }) => refunded.get(paymentIntent) !== sum).map(({ paymentIntent }) => paymentIntent);
}

const callsSql = `
  SELECT c."id", c."state"::text AS "state", (c."parameters" ->> 'amount')::int AS "amount", c."parameters" ->> 'paymentIntent' AS "paymentIntent",
    (SELECT count(*)::int FROM "AuditEvent" e WHERE e."id" = c."eventId" AND e."operation" = 'invoice.refund' AND e."outcome" = 'succeeded') AS "runEvents",
    (SELECT count(*)::int FROM "LedgerEntry" l WHERE l."id" = c."objectId" AND l."amount" = (c."parameters" ->> 'amount')::int) AS "entries",
    (SELECT count(*)::int FROM "LedgerEntry" l WHERE l."id" = c."objectId" AND l."state" = 'succeeded' AND l."stripeId" = c."stripeId") AS "settledEntries",
    (SELECT count(*)::int FROM "AuditEvent" e WHERE e."targetId" = c."id" AND e."operation" = 'stripeCall.settle' AND e."outcome" = 'succeeded'
      AND e."reason" = 'Outcome of run ' || c."eventId") AS "outcomes"
  FROM "StripeCall" c WHERE c."kind" = 'refund' AND c."organizationId" = ANY ($1)`;

const eventsSql = `
  SELECT e."id" AS "eventId", (SELECT count(*)::int FROM "StripeCall" c WHERE c."eventId" = e."id") AS "calls"
  FROM "AuditEvent" e WHERE e."operation" = 'invoice.refund' AND e."outcome" = 'succeeded' AND e."organizationId" = ANY ($1)`;

const runsSql = `SELECT p."id" FROM "Proposal" p WHERE p."id" = ANY ($1) AND p."state" = 'run'
  AND EXISTS (SELECT 1 FROM "AuditEvent" e WHERE e."id" = p."eventId" AND e."operation" = 'invoice.refund' AND e."outcome" = 'succeeded')`;

const sumsSql = `
  SELECT i."stripePaymentIntentId" AS "paymentIntent", coalesce(sum(l."amount") FILTER (WHERE l."state" <> 'failed'), 0)::int AS "sum"
  FROM "Invoice" i LEFT JOIN "LedgerEntry" l ON l."invoiceId" = i."id" AND l."kind" = 'refund'
  WHERE i."organizationId" = ANY ($1) GROUP BY 1`;

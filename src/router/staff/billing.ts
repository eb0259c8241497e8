import { z } from "zod";
import { describeCallState, givenAt } from "#domain/ledger-words.ts";
import { describeCallKind } from "#domain/stripe-call-words.ts";
import { text } from "#lib/text.ts";
import type { SignedInContext } from "#server/actor.ts";
import { findBilling, findOpenCalls } from "#server/billing.ts";
import { reader } from "#server/db.ts";
import { AppError } from "#server/errors.ts";
import { findInvoices } from "#server/invoices.ts";
import { findStanding } from "#server/standing.ts";
import { targets } from "#server/targets.ts";
import { type ProcedureContext, router, staffProcedure } from "#server/trpc.ts";
import { describeOperations } from "../describe-operations.ts";
import { describeBillingState } from "./billing-state.ts";
import { recordBillingOpening } from "./record-billing-opening.ts";

export const billingRouter = router({
  /** A customer's billing records: invoices, what was given, the payment method, what Stripe has to do or sees otherwise. That they were opened is an event. */
  ofOrganization: staffProcedure
    .input(z.strictObject({ id: text({ max: 64 }) }))
    .query(({ ctx, input: { id } }) => describeBilling(ctx, id)),
});

export type ShownBilling = Awaited<ReturnType<typeof describeBilling>>;

async function describeBilling(ctx: ProcedureContext & SignedInContext, id: string) {
  const [billing, standing, { issued }, calls] = await Promise.all([
    findBilling(reader(), id),
    findStanding(reader(), id),
    findInvoices(reader(), id, 5),
    openCalls(ctx, id),
  ]);
  if (!billing) throw new AppError("NOT_FOUND", { userMessage: "There is no such organization." });
  await recordBillingOpening(ctx, { id, name: billing.name });
  const { name, creditBalance, paymentMethod, ledgerEntries, drift } = billing;
  return {
    name,
    state: describeBillingState({ customer: billing, ...standing, differences: drift.length }),
    creditBalance,
    paymentMethod,
    ledgerEntries: ledgerEntries.map((entry) => ({ ...entry, givenAt: givenAt(entry), stateInWords: describeCallState(entry.state) })),
    issued,
    calls,
    drift,
  };
}

async function openCalls(ctx: ProcedureContext, organizationId: string) {
  const open = await findOpenCalls(reader(), organizationId);
  if (open.length === 0) return [];
  const rows = await Promise.all(open.map(({ id }) => targets.StripeCall.find(reader(), { id })));
  return rows.flatMap((row) => {
    if (!row) return [];
    const { id, kind, state, failure, eventId } = row;
    const operations = describeOperations({ ctx, type: "StripeCall", row }).filter(({ allowed }) => allowed);
    return [{ id, title: describeCallKind(kind), state: describeCallState(state), failure, eventId, operations }];
  });
}

import { z } from "zod";
import { describeCallState, givenAt } from "#domain/ledger-words.ts";
import { describeOverage, describeSeats, describeUse, seatsUsed } from "#domain/seats.ts";
import { describeCallKind } from "#domain/stripe-call-words.ts";
import { text } from "#lib/text.ts";
import type { SignedInContext } from "#server/actor.ts";
import { findBilling, findNextInvoice, findOpenCalls } from "#server/billing.ts";
import { reader } from "#server/db.ts";
import { AppError } from "#server/errors.ts";
import { findInvoices } from "#server/invoices.ts";
import { targets } from "#server/targets.ts";
import { type ProcedureContext, router, staffProcedure } from "#server/trpc.ts";
import { findUsage } from "#server/usage.ts";
import { describeOperations } from "../describe-operations.ts";
import { recordBillingOpening } from "./record-billing-opening.ts";

export const billingRouter = router({
  /** How a customer stands, what it uses and pays, what was given to it, and what Stripe has to do or sees otherwise. That it was opened is an event. */
  ofOrganization: staffProcedure
    .input(z.strictObject({ id: text({ max: 64 }) }))
    .query(({ ctx, input: { id } }) => describeBilling(ctx, id)),
});

export type ShownBilling = Awaited<ReturnType<typeof describeBilling>>;

async function describeBilling(ctx: ProcedureContext & SignedInContext, id: string) {
  const [billing, { seats, usage }, invoices, calls] = await Promise.all([
    findBilling(reader(), id),
    findUsage(reader(), id),
    findInvoices(reader(), id, 5),
    openCalls(ctx, id),
  ]);
  if (!billing) throw new AppError("NOT_FOUND", { userMessage: "There is no such organization." });
  const [next] = await Promise.all([
    findNextInvoice(reader(), id, billing, invoices.next),
    recordBillingOpening(ctx, { id, name: billing.name }),
  ]);
  const words = `${seatsUsed(seats)} of ${seats.licensed + seats.lent} used (${describeUse(seats)}); ${describeSeats(seats)}`;
  return {
    ...billing,
    ledgerEntries: billing.ledgerEntries.map((entry) => ({ ...entry, givenAt: givenAt(entry), stateInWords: describeCallState(entry.state) })),
    seats: words,
    overage: describeOverage(billing.name, seats),
    usage,
    issued: invoices.issued,
    overdue: invoices.overdue,
    next,
    calls,
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

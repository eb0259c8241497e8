import { z } from "zod";
import { invoiceState, readLines } from "#domain/invoices.ts";
import { describeGiven } from "#domain/ledger-words.ts";
import { describeSeats } from "#domain/seats.ts";
import { text } from "#lib/text.ts";
import type { OnBehalfOf } from "#server/actor.ts";
import { type Billing, findBilling, findNextInvoice } from "#server/billing.ts";
import { reader } from "#server/db.ts";
import { AppError } from "#server/errors.ts";
import { findInvoices } from "#server/invoices.ts";
import type { ProcedureContext } from "#server/trpc.ts";
import { router, seatProcedure } from "#server/trpc.ts";
import { findUsage } from "#server/usage.ts";
import { findOrganizationBySlug } from "./organizations.ts";

const bySlug = z.strictObject({ slug: text({ max: 60 }) });

export const billingRouter = router({
  /** What an organization pays for, what it uses of it, what it has in hand and was given back, and its invoices. */
  get: seatProcedure.input(bySlug).query(async ({ ctx, input: { slug } }) => {
    const organization = await findOrganizationForBilling(ctx, slug);
    const [billing, plan, { usage, seats }, invoices] = await Promise.all([
      findBilling(reader(), organization.id),
      reader().subscription.findUnique({ where: { organizationId: organization.id }, select: { plan: { select: { historyDays: true } } } }),
      findUsage(reader(), organization.id),
      findInvoices(reader(), organization.id, 36),
    ]);
    if (!billing) throw new AppError("NOT_FOUND");
    const { subscription, paymentMethod, creditBalance, ledgerEntries } = billing;
    return {
      organization: { name: organization.name, slug },
      subscription: subscription && { ...subscription, historyDays: plan?.plan.historyDays ?? 0 },
      paymentMethod,
      creditBalance,
      given: givenTo(ledgerEntries),
      usage,
      seats: describeSeats(seats),
      issued: invoices.issued,
      overdue: invoices.overdue,
      next: await findNextInvoice(reader(), organization.id, billing, invoices.next),
    };
  }),

  /** One invoice with its lines and refunds. A planned one is not an invoice yet. */
  invoice: seatProcedure.input(bySlug.extend({ id: text({ max: 64 }) })).query(async ({ ctx, input: { slug, id } }) => {
    const organization = await findOrganizationForBilling(ctx, slug);
    return { organization: { name: organization.name, slug }, invoice: await findOwnInvoice(organization.id, id) };
  }),
});

export type OwnInvoice = Awaited<ReturnType<typeof findOwnInvoice>>;

async function findOwnInvoice(organizationId: string, id: string) {
  const invoice = await reader().invoice.findFirst({
    where: { id, organizationId, status: { not: "draft" } },
    relationLoadStrategy: "join",
    select: {
      id: true,
      number: true,
      status: true,
      currency: true,
      amountDue: true,
      amountPaid: true,
      lines: true,
      periodStart: true,
      periodEnd: true,
      issuedAt: true,
      dueAt: true,
      paidAt: true,
      ledgerEntries: { orderBy: { id: "asc" }, select: given },
    },
  });
  if (!invoice) throw new AppError("NOT_FOUND", { userMessage: "There is no such invoice." });
  const { lines, ledgerEntries, ...rest } = invoice;
  const refunds = describeGiven(ledgerEntries).map(({ id, amount, words, createdAt }) => ({ id, amount, words, createdAt }));
  return { ...rest, refunds, lines: readLines(lines), state: invoiceState(invoice) };
}

const given = { id: true, amount: true, state: true, createdAt: true, settledAt: true, staffMemberId: true } as const;

export type GivenRow = ReturnType<typeof givenTo>[number];

/** What was given to the customer, without whoever gave it; what was never carried out is not shown. */
function givenTo(entries: Billing["ledgerEntries"]) {
  return describeGiven(entries).map(({ id, kind, amount, currency, words, createdAt, invoice }) => {
    return { id, kind, amount, currency, words, createdAt, invoice };
  });
}

/** Billing is for owners and admins; the others are told whom to ask. */
async function findOrganizationForBilling(ctx: ProcedureContext & { seat: OnBehalfOf }, slug: string) {
  const organization = await findOrganizationBySlug(ctx, slug);
  const role = ctx.seat.memberships.find(({ organizationId }) => organizationId === organization.id)?.role;
  if (role !== "owner" && role !== "admin")
    throw new AppError("FORBIDDEN", { userMessage: "Owners and admins of an organization see its billing. Ask one of them." });
  return organization;
}

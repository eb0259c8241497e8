import { z } from "zod";
import { invoiceState, readLines } from "#domain/invoices.ts";
import { describeSeats } from "#domain/seats.ts";
import { text } from "#lib/text.ts";
import type { OnBehalfOf } from "#server/actor.ts";
import { reader } from "#server/db.ts";
import { AppError } from "#server/errors.ts";
import { findInvoices } from "#server/invoices.ts";
import { findSeats } from "#server/seats.ts";
import type { ProcedureContext } from "#server/trpc.ts";
import { router, seatProcedure } from "#server/trpc.ts";
import { findUsage } from "#server/usage.ts";
import { findOrganizationBySlug } from "./organizations.ts";

const bySlug = z.strictObject({ slug: text({ max: 60 }) });

export const billingRouter = router({
  /** What an organization pays for, what it uses of it, and its invoices. */
  get: seatProcedure.input(bySlug).query(async ({ ctx, input: { slug } }) => {
    const organization = await findOrganizationForBilling(ctx, slug);
    const [subscription, usage, seats, invoices] = await Promise.all([
      reader().subscription.findUnique({
        where: { organizationId: organization.id },
        select: {
          status: true,
          currency: true,
          trialEndsAt: true,
          currentPeriodEndsAt: true,
          plan: { select: { name: true, historyDays: true } },
        },
      }),
      findUsage(reader(), organization.id),
      findSeats(reader(), organization.id),
      findInvoices(reader(), organization.id, 36),
    ]);
    return { organization: { name: organization.name, slug }, subscription, usage, seats: describeSeats(seats), ...invoices };
  }),

  /** One invoice with its lines. A planned one is not an invoice yet. */
  invoice: seatProcedure.input(bySlug.extend({ id: text({ max: 64 }) })).query(async ({ ctx, input: { slug, id } }) => {
    const organization = await findOrganizationForBilling(ctx, slug);
    const invoice = await reader().invoice.findFirst({ where: { id, organizationId: organization.id, status: { not: "draft" } } });
    if (!invoice) throw new AppError("NOT_FOUND", { userMessage: "There is no such invoice." });
    const { lines, ...rest } = invoice;
    return { organization: { name: organization.name, slug }, invoice: { ...rest, lines: readLines(lines), state: invoiceState(invoice) } };
  }),
});

/** Billing is for owners and admins; the others are told whom to ask. */
async function findOrganizationForBilling(ctx: ProcedureContext & { seat: OnBehalfOf }, slug: string) {
  const organization = await findOrganizationBySlug(ctx, slug);
  const role = ctx.seat.memberships.find(({ organizationId }) => organizationId === organization.id)?.role;
  if (role !== "owner" && role !== "admin")
    throw new AppError("FORBIDDEN", { userMessage: "Owners and admins of an organization see its billing. Ask one of them." });
  return organization;
}

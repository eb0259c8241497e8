import { z } from "zod";
import { describeOverage, describeSeats, describeUse, seatsUsed } from "#domain/seats.ts";
import { text } from "#lib/text.ts";
import { reader } from "#server/db.ts";
import { AppError } from "#server/errors.ts";
import { findInvoices } from "#server/invoices.ts";
import { findSeats } from "#server/seats.ts";
import { router, staffProcedure } from "#server/trpc.ts";
import { findUsage } from "#server/usage.ts";

export const billingRouter = router({
  /** Seats, usage and the latest invoices of a customer. */
  ofOrganization: staffProcedure.input(z.strictObject({ id: text({ max: 64 }) })).query(async ({ input: { id } }) => {
    const [organization, seats, usage, invoices] = await Promise.all([
      reader().organization.findUnique({ where: { id }, select: { name: true } }),
      findSeats(reader(), id),
      findUsage(reader(), id),
      findInvoices(reader(), id, 5),
    ]);
    if (!organization) throw new AppError("NOT_FOUND", { userMessage: "There is no such organization." });
    const words = `${seatsUsed(seats)} of ${seats.licensed + seats.lent} used (${describeUse(seats)}); ${describeSeats(seats)}`;
    return { seats: words, overage: describeOverage(organization.name, seats), usage, ...invoices };
  }),
});

import type { InvoiceStatus } from "#generated/prisma/enums.ts";
import { arrange, unique } from "./fixtures.ts";

const day = 86_400_000;

/** An invoice of 45.00 € for the last 30 days; due in two weeks where nothing else is said. */
export async function makeInvoice(
  world: { id: string },
  { status = "open", dueInDays = 14, label = "Team plan" }: { status?: InvoiceStatus; dueInDays?: number; label?: string } = {},
): Promise<string> {
  const now = Date.now();
  const { id } = await arrange((db) =>
    db.invoice.create({
      data: {
        organizationId: world.id,
        number: `TEST-${unique()}`,
        status,
        currency: "EUR",
        amountDue: 4_500,
        amountPaid: status === "paid" ? 4_500 : 0,
        lines: [{ description: label, quantity: 5, amount: 4_500 }],
        periodStart: new Date(now - 30 * day),
        periodEnd: new Date(now),
        issuedAt: new Date(now - 30 * day),
        dueAt: new Date(now + dueInDays * day),
      },
      select: { id: true },
    }),
  );
  return id;
}

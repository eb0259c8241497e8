import { leftToRefund } from "#domain/billing-amounts.ts";
import { formatMoney } from "#lib/money.ts";
import type { SignedInContext } from "../actor.ts";
import type { Transaction } from "../db.ts";
import { AppError } from "../errors.ts";

type Giving = { db: Transaction; entryId: string; context: SignedInContext };

/**
 * Gives once more what Stripe refused, where it still fits into what was paid: a new entry in the name of whoever asks
 * now, because their budget counts it. The refused one stays as it was. Answers the new entry's id.
 */
export async function giveAgain({ db, entryId, context: { actor } }: Giving): Promise<string> {
  const { state, ...given } = await db.ledgerEntry.findUniqueOrThrow({
    where: { id: entryId },
    select: { organizationId: true, invoiceId: true, kind: true, amount: true, currency: true, state: true },
  });
  if (state !== "failed") throw new AppError("CONFLICT", { userMessage: "It was given in the meantime." });
  if (given.invoiceId) await requireLeft(db, { ...given, invoiceId: given.invoiceId });
  const data = { ...given, staffMemberId: actor.id, staffLabel: actor.label };
  return (await db.ledgerEntry.create({ data, select: { id: true } })).id;
}

type Refund = { invoiceId: string; amount: number; currency: string };

async function requireLeft(db: Transaction, { invoiceId: id, amount, currency }: Refund): Promise<void> {
  // Refunds of one invoice wait for each other here, as they do in the database's own check.
  await db.$queryRaw`SELECT 1 AS "one" FROM "Invoice" WHERE "id" = ${id} FOR NO KEY UPDATE`;
  const { amountPaid, ledgerEntries } = await db.invoice.findUniqueOrThrow({
    where: { id },
    select: { amountPaid: true, ledgerEntries: { select: { kind: true, amount: true, state: true } } },
  });
  const left = leftToRefund(amountPaid, ledgerEntries);
  if (amount > left)
    throw new AppError("CONFLICT", { userMessage: `Only ${formatMoney(left, currency)} of this invoice can still be refunded.` });
}

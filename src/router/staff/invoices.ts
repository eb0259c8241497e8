import { z } from "zod";
import { leftToRefund } from "#domain/billing-amounts.ts";
import { type InvoiceState, invoiceState, readLines } from "#domain/invoices.ts";
import { describeCallState, describeGiven, givenAt } from "#domain/ledger-words.ts";
import { Prisma } from "#generated/prisma/client.ts";
import { InvoiceStatus } from "#generated/prisma/enums.ts";
import { text } from "#lib/text.ts";
import type { SignedInContext } from "#server/actor.ts";
import { reader, recordEvent } from "#server/db.ts";
import { AppError } from "#server/errors.ts";
import { createInvoicePdf } from "#server/invoice-pdf.ts";
import { allOf, cappedCount, countedHits, foundFirst, isBeyondCount, keyset, toPage } from "#server/keyset.ts";
import { targets } from "#server/targets.ts";
import { router, staffProcedure } from "#server/trpc.ts";
import { describeOperations } from "../describe-operations.ts";
import { recordBillingOpening } from "./record-billing-opening.ts";
import { recordSearch } from "./record-search.ts";
import { targetTimeline } from "./timeline.ts";

export const invoiceFilters = z.strictObject({
  q: text({ min: 0, max: 60 }).optional(),
  status: z.enum(InvoiceStatus).optional(),
  organization: text({ max: 64 }).optional(),
  sort: z.enum(["newest", "oldest", "number"]).default("newest"),
  after: text({ max: 400 }).optional(),
});

export type InvoiceListRow = {
  id: string;
  number: string;
  status: InvoiceStatus;
  currency: string;
  amountDue: number;
  amountPaid: number;
  refunded: number;
  attempts: number;
  issuedAt: Date;
  dueAt: Date | null;
  organizationId: string;
  organizationName: string;
  state: InvoiceState;
};

const tooManyToSort =
  "More than 10,000 invoices are like this: too many to put into this order. Type more of the number, say whose they are, or leave the status or the order out.";

const byId = z.strictObject({ id: text({ max: 64 }) });

export const invoicesRouter = router({
  list: staffProcedure.input(invoiceFilters).query(async ({ ctx, input }) => {
    const conditions = allOf([
      // Numbers are mostly in capitals, and people type them as they like.
      input.q ? Prisma.sql`(i."number" LIKE ${prefixOf(input.q)} OR i."number" LIKE ${prefixOf(input.q.toUpperCase())})` : null,
      input.status ? Prisma.sql`i."status" = ${input.status}::"InvoiceStatus"` : null,
      input.organization ? Prisma.sql`i."organizationId" = ${input.organization}` : null,
    ]);
    const byNumber = input.sort === "number";
    const column = Prisma.raw(byNumber ? 'i."number"' : 'i."id"');
    const page = keyset({ column, id: Prisma.sql`i."id"`, direction: input.sort === "newest" ? "desc" : "asc" }, input.after);
    const isFiltered = Boolean(input.q || input.status || input.organization);
    const from = Prisma.sql`"Invoice" i WHERE ${conditions}`;
    const countRows = reader()
      .$queryRaw<{ count: number }[]>(cappedCount(from, isFiltered ? undefined : "Invoice"))
      .then(([counted]) => counted?.count ?? 0);
    const needsFew = !input.organization && (input.q ? !byNumber || Boolean(input.status) : byNumber && Boolean(input.status));
    // Numbers grow with time: whoever walks in another order may meet all the others first.
    if (needsFew && isBeyondCount(await countRows)) throw new AppError("INVALID_INPUT", { userMessage: tooManyToSort });
    const [rows, count] = await Promise.all([
      reader().$queryRaw<Omit<InvoiceListRow, "state">[]>`
        SELECT i."id", i."number", i."status"::text AS "status", i."currency", i."amountDue", i."amountPaid", i."attempts", i."issuedAt", i."dueAt",
          i."organizationId", o."name" AS "organizationName",
          (SELECT coalesce(sum(l."amount"), 0)::int FROM "LedgerEntry" l WHERE l."invoiceId" = i."id" AND l."state" <> 'failed') AS "refunded"
        FROM "Invoice" i JOIN "Organization" o ON o."id" = i."organizationId"
        WHERE ${needsFew ? Prisma.sql`i."id" IN ${foundFirst(Prisma.sql`SELECT i."id" FROM ${from}`)}` : conditions} AND ${page.where} ${page.order}`,
      countRows,
    ]);
    if (input.q && !input.after) await recordSearch(ctx, { query: input.q, ...countedHits(count), where: "invoices" });
    const [first] = rows;
    if (input.organization && first) await recordBillingOpening(ctx, { id: first.organizationId, name: first.organizationName });
    const shown = rows.map((row): InvoiceListRow => ({ ...row, state: invoiceState(row) }));
    return { ...toPage(shown, (row) => (byNumber ? row.number : row.id)), count };
  }),

  /** One invoice with its lines, what was given back of it, and what happened to it. That it was opened is an event. */
  get: staffProcedure.input(byId).query(async ({ ctx, input: { id } }) => {
    const [invoice, timeline] = await Promise.all([findInvoice(id), targetTimeline(id)]);
    await recordOpening(ctx, invoice, "open");
    const { target, ...shown } = invoice;
    return {
      ...shown,
      left: leftToRefund(invoice.amountPaid, invoice.refunds),
      operations: describeOperations({ ctx, type: "Invoice", row: target }),
      timeline: timeline.filter(({ operation }) => !openings.includes(operation)),
    };
  }),

  /** The same as a document. */
  pdf: staffProcedure.input(byId).query(async ({ ctx, input: { id } }) => {
    const invoice = await findInvoice(id);
    await recordOpening(ctx, invoice, "download");
    return { content: await createInvoicePdf({ ...invoice, refunds: describeGiven(invoice.refunds) }), fileName: `${invoice.number}.pdf` };
  }),
});

const openings = ["invoice.open", "invoice.download"];

async function findInvoice(id: string) {
  const [invoice, target] = await Promise.all([
    reader().invoice.findUnique({
      where: { id },
      relationLoadStrategy: "join",
      include: { organization: { select: { id: true, name: true, slug: true } }, ledgerEntries: { orderBy: { id: "asc" } } },
    }),
    targets.Invoice.find(reader(), { id }),
  ]);
  if (!invoice || !target) throw new AppError("NOT_FOUND", { userMessage: "There is no such invoice." });
  const { lines, ledgerEntries, ...rest } = invoice;
  const refunds = ledgerEntries.map((entry) => ({ ...entry, givenAt: givenAt(entry), stateInWords: describeCallState(entry.state) }));
  return { ...rest, refunds, lines: readLines(lines), state: invoiceState(invoice), target };
}

type Found = Awaited<ReturnType<typeof findInvoice>>;
export type ShownInvoice = Omit<Found, "target">;

/** Billing records are the customer's: whoever of the staff looks at one leaves a trace. */
async function recordOpening(context: SignedInContext, { id, number, organization }: Found, how: "open" | "download"): Promise<void> {
  await recordEvent({
    context,
    operation: `invoice.${how}`,
    outcome: "succeeded",
    summary: `${how === "open" ? "Open" : "Download"} the invoice ${number} of ${organization.name}`,
    target: { type: "Invoice", id, label: number },
    organizationId: organization.id,
  });
}

function prefixOf(typed: string): string {
  return `${typed.replace(/[\\%_]/g, "\\$&")}%`;
}

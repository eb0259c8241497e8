import { setImmediate } from "node:timers/promises";
import PDFDocument from "pdfkit";
import type { InvoiceLine } from "#domain/invoices.ts";
import { formatDay } from "#lib/format-time.ts";
import { formatMoney } from "#lib/money.ts";
import { documentFont as font, printable } from "./printable-text.ts";

export type PrintedInvoice = {
  number: string;
  organization: { name: string; slug: string };
  state: { words: string };
  currency: string;
  amountDue: number;
  amountPaid: number;
  periodStart: Date;
  periodEnd: Date;
  issuedAt: Date;
  dueAt: Date | null;
  paidAt: Date | null;
  lines: readonly InvoiceLine[];
  /** Those that were not refused. */
  refunds: readonly { amount: number; words: string; createdAt: Date }[];
};

const incomplete =
  "This document has Latin, Greek and Cyrillic letters only. Whatever it cannot show is on the page of the invoice in Countersign.";
const margin = 56;
const columns = { what: { x: margin, width: 310 }, quantity: { x: 372, width: 60 }, amount: { x: 438, width: 101 } };
const bottom = 841.89 - margin - 24;

/** An invoice as a PDF of A4 pages: the same bytes for the same invoice. `compress: false` leaves it readable. */
export async function createInvoicePdf(invoice: PrintedInvoice, { compress = true } = {}): Promise<Buffer> {
  const info = { Title: `Invoice ${invoice.number}`, Author: "Countersign", CreationDate: invoice.issuedAt, ModDate: invoice.issuedAt };
  const pdf = new PDFDocument({ size: "A4", margin, font, info, compress, bufferPages: true, lang: "en-GB" });
  const parts: Buffer[] = [];
  const done = new Promise<Buffer>((resolve, reject) => {
    pdf.on("data", (part: Buffer) => parts.push(part));
    pdf.on("end", () => resolve(Buffer.concat(parts)));
    pdf.on("error", reject);
  });
  const { shown, isWhole } = inItsLetters(pdf, invoice);
  drawHead(pdf, shown);
  await drawLines(pdf, shown);
  drawSums(pdf, shown);
  if (!isWhole) drawNote(pdf, incomplete);
  numberPages(pdf, invoice);
  pdf.end();
  return done;
}

type Pdf = InstanceType<typeof PDFDocument>;

/** A customer whose name it cannot show is called by their slug. */
function inItsLetters(pdf: Pdf, invoice: PrintedInvoice): { shown: PrintedInvoice; isWhole: boolean } {
  const { organization } = invoice;
  const { isWhole } = printable(pdf, organization.name);
  const name = isWhole ? organization.name : `${organization.slug} (the name in other letters is on the page of the invoice)`;
  const descriptions = invoice.lines.map(({ description }) => printable(pdf, description));
  const lines = invoice.lines.map((line, index) => ({ ...line, description: descriptions[index]?.text ?? "" }));
  return {
    shown: { ...invoice, organization: { ...organization, name }, lines },
    isWhole: isWhole && descriptions.every((description) => description.isWhole),
  };
}

function drawHead(pdf: Pdf, { number, organization, state, issuedAt, periodStart, periodEnd, dueAt, paidAt }: PrintedInvoice): void {
  pdf.fontSize(10).fillColor("#555").text("Countersign");
  pdf.moveDown(1.5).fontSize(20).fillColor("#111").text(`Invoice ${number}`).moveDown(0.6).fontSize(10);
  const facts: Record<string, string | null> = {
    For: organization.name,
    Status: state.words,
    Issued: formatDay(issuedAt),
    Period: `${formatDay(periodStart)} to ${formatDay(periodEnd)}`,
    Due: dueAt && formatDay(dueAt),
    Paid: paidAt && formatDay(paidAt),
  };
  for (const [term, value] of Object.entries(facts)) {
    if (value === null) continue;
    const { y } = pdf;
    pdf.fillColor("#555").text(term, margin, y, { width: 80 });
    pdf.fillColor("#111").text(value, margin + 80, y, { width: 400 });
    pdf.moveDown(0.2);
  }
  pdf.moveDown(1.5);
}

/** An invoice may have a thousand long lines: after each page others have their turn. */
async function drawLines(pdf: Pdf, { lines, currency }: PrintedInvoice): Promise<void> {
  drawColumnHeads(pdf);
  for (const { description, quantity, amount } of lines) {
    const height = pdf.heightOfString(description, { width: columns.what.width }) + 6;
    if (pdf.y + height > bottom) {
      await setImmediate();
      pdf.addPage();
      drawColumnHeads(pdf);
    }
    drawRow(pdf, [description, quantity.toLocaleString("en-GB"), formatMoney(amount, currency)], height);
  }
}

function drawColumnHeads(pdf: Pdf): void {
  pdf.fontSize(10).fillColor("#555");
  drawRow(pdf, ["What", "Quantity", "Amount"], 18);
  drawRule(pdf);
  pdf.fillColor("#111");
}

function drawSums(pdf: Pdf, { amountDue, amountPaid, currency, refunds }: PrintedInvoice): void {
  const given = refunds.map(
    ({ amount, words, createdAt }) => [`Refund of ${formatDay(createdAt)}, ${words}`, formatMoney(-amount, currency)] as const,
  );
  const left = amountDue - amountPaid;
  const sums = [
    ["Total", formatMoney(amountDue, currency)],
    ["Paid", formatMoney(amountPaid, currency)],
    ...(left > 0 ? [["Still to pay", formatMoney(left, currency)] as const] : []),
    ...given,
  ] as const;
  if (pdf.y + sums.length * 18 + 8 > bottom) pdf.addPage();
  drawRule(pdf);
  for (const [term, amount] of sums) drawRow(pdf, [term, "", amount], 18);
}

function drawNote(pdf: Pdf, note: string): void {
  if (pdf.y + 40 > bottom) pdf.addPage();
  pdf.moveDown(1).fontSize(8).fillColor("#555").text(note, margin, pdf.y, { width: 483 });
}

function drawRow(pdf: Pdf, [what, quantity, amount]: readonly [string, string, string], height: number): void {
  const { y } = pdf;
  pdf.text(what, columns.what.x, y, { width: columns.what.width });
  pdf.text(quantity, columns.quantity.x, y, { width: columns.quantity.width, align: "right" });
  pdf.text(amount, columns.amount.x, y, { width: columns.amount.width, align: "right", lineBreak: false });
  pdf.x = margin;
  pdf.y = y + height;
}

function drawRule(pdf: Pdf): void {
  const y = pdf.y - 3;
  pdf
    .moveTo(margin, y)
    .lineTo(columns.amount.x + columns.amount.width, y)
    .lineWidth(0.5)
    .strokeColor("#999")
    .stroke();
  pdf.y = y + 6;
}

function numberPages(pdf: Pdf, { number }: PrintedInvoice): void {
  const { start, count } = pdf.bufferedPageRange();
  for (let page = start; page < start + count; page += 1) {
    pdf.switchToPage(page);
    // Below the margin the text would open a page of its own.
    pdf.page.margins.bottom = 0;
    pdf.fontSize(8).fillColor("#555");
    pdf.text(`Invoice ${number}, page ${page + 1} of ${count}`, margin, 841.89 - margin, { lineBreak: false });
  }
}

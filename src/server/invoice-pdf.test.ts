import { describe, expect, test } from "vitest";
import { formatMoney } from "#lib/money.ts";
import { createInvoicePdf, type PrintedInvoice } from "./invoice-pdf.ts";

const day = (text: string) => new Date(`${text}T00:00:00Z`);
const invoice: PrintedInvoice = {
  number: "ŁÓDŹ-0007",
  organization: { name: "Łódź Kowalski & Σία, Ελλάς, Москва", slug: "lodz" },
  state: { words: "paid" },
  currency: "EUR",
  amountDue: 123_456,
  amountPaid: 123_456,
  periodStart: day("2026-11-01"),
  periodEnd: day("2026-12-01"),
  issuedAt: day("2026-11-01"),
  dueAt: day("2026-11-15"),
  paidAt: day("2026-11-03"),
  lines: [{ description: "Team plan, each seat", quantity: 1_200, amount: 123_456 }],
  refunds: [{ amount: 2_000, words: "on its way", createdAt: day("2026-11-21") }],
};

test("a document says number, customer, days, lines, sums and refunds, in whatever letters", async () => {
  const { text, pages } = await readPdf(invoice);
  expect(pages).toBe(1);
  for (const part of [
    "Invoice ŁÓDŹ-0007",
    "Łódź Kowalski & Σία, Ελλάς, Москва",
    "1 Nov 2026 to 1 Dec 2026",
    "15 Nov 2026",
    "3 Nov 2026",
    "Team plan, each seat",
    "1,200",
    "€1,234.56",
    "Refund of 21 Nov 2026, on its way",
    "-€20.00",
    "page 1 of 1",
  ])
    expect(text).toContain(part);
  expect(text).not.toContain("Still to pay");
});

test("a customer whose letters the font does not have is called by their slug", async () => {
  const { text } = await readPdf({ ...invoice, organization: { name: "北極星ソフトウェア", slug: "hokkyokusei" } });
  expect(text).toContain("hokkyokusei (the name in other letters");
  expect(text).toContain("has Latin, Greek and Cyrillic letters only");
  expect(text).not.toContain("?");
});

test("what the font has no letters for is a gap that says so, never a box, and the rest is as it was", async () => {
  const lines = [
    { description: "A training (研修、二日) for Łukasz", quantity: 1, amount: 1 },
    { description: "（Ａ） ㈱ 🎉 done", quantity: 1, amount: 1 },
    { description: "שלום", quantity: 1, amount: 1 },
  ];
  const { text } = await readPdf({ ...invoice, lines });
  expect(text).toContain("A training ([…]) for Łukasz");
  expect(text).toContain("[…] […] […] done");
  expect(text).toContain("has Latin, Greek and Cyrillic letters only");
  expect(text).not.toContain("?");
  expect((await readPdf(invoice)).text).not.toContain("letters only");
});

test("others have their turn while a long one is drawn", async () => {
  const description = "Team plan, each seat ".repeat(20);
  let turns = 0;
  const count = () => {
    turns += 1;
    next = setImmediate(count);
  };
  let next = setImmediate(count);
  const { pages } = await readPdf({ ...invoice, lines: Array.from({ length: 100 }, () => ({ description, quantity: 1, amount: 100 })) });
  clearImmediate(next);
  expect(pages).toBeGreaterThan(5);
  expect(turns).toBeGreaterThanOrEqual(pages - 1);
});

test("an open one says what is still to pay, in a currency without cents too", async () => {
  const { text } = await readPdf({ ...invoice, currency: "JPY", amountPaid: 23_456, paidAt: null, refunds: [] });
  expect(text).toContain("Still to pay");
  expect(text).toContain(formatMoney(100_000, "JPY"));
  expect(text).not.toContain("3 Nov 2026");
});

describe("a long list flows over pages", () => {
  test.each([24, 25, 26, 27, 28, 29, 30, 31, 32, 300])("%i lines, each of them once, and the sums at the end", async (count) => {
    const lines = Array.from({ length: count }, (_, index) => ({
      description: `Line ${index + 1} of it`,
      quantity: index,
      amount: 100 + index,
    }));
    const { text, pages } = await readPdf({ ...invoice, lines });
    for (const { description } of lines) expect(text.split(description).length, description).toBe(2);
    expect(text.split("Quantity").length - 1, "each page has its heads, unless it has sums alone").toBeGreaterThanOrEqual(pages - 1);
    expect(text).toContain(`page ${pages} of ${pages}`);
    expect(text.indexOf("Total")).toBeGreaterThan(text.indexOf(`Line ${count} of it`));
    expect(pages).toBe(count === 300 ? 9 : pages);
  });
});

test("a description that is longer than its column takes as many rows as it needs", async () => {
  const description = "a very long description ".repeat(30).trim();
  const { text, pages } = await readPdf({ ...invoice, lines: Array(10).fill({ description, quantity: 1, amount: 1 }) });
  expect(text.replace(/\s+/g, "").split(description.replace(/\s+/g, "")).length).toBe(11);
  expect(pages).toBeGreaterThan(1);
});

test("the same invoice gives the same bytes", async () => {
  expect((await createInvoicePdf(invoice)).equals(await createInvoicePdf(invoice))).toBe(true);
});

/** The words of a PDF in the order in which they are drawn: its glyphs through the table that says which letters they are. */
async function readPdf(printed: PrintedInvoice): Promise<{ text: string; pages: number }> {
  const content = (await createInvoicePdf(printed, { compress: false })).toString("latin1");
  const letters = new Map<string, string>();
  for (const [, from, , codes] of content.matchAll(/<([0-9a-f]{4})> <([0-9a-f]{4})> \[([^\]]+)\]/g)) {
    const first = Number.parseInt(from ?? "", 16);
    for (const [index, code] of [...(codes ?? "").matchAll(/<([0-9a-f ]+)>/g)].entries()) {
      const units = (code[1] ?? "").replace(/ /g, "").match(/.{4}/g) ?? [];
      letters.set((first + index).toString(16).padStart(4, "0"), String.fromCharCode(...units.map((unit) => Number.parseInt(unit, 16))));
    }
  }
  const shown = [...content.matchAll(/\[([^\]]+)\] TJ/g)].map(([, parts]) =>
    [...(parts ?? "").matchAll(/<([0-9a-f]+)>/g)]
      .flatMap(([, glyphs]) => (glyphs ?? "").match(/.{4}/g) ?? [])
      .map((glyph) => letters.get(glyph) ?? "?"),
  );
  return { text: shown.map((part) => part.join("")).join("\n"), pages: content.split(/\/Type \/Page\n/).length - 1 };
}

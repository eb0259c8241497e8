import { z } from "zod";
import type { InvoiceStatus } from "#generated/prisma/enums.ts";

const line = z.object({ description: z.string(), quantity: z.number().int(), amount: z.number().int() });
export type InvoiceLine = z.output<typeof line>;

/** An invoice's lines as they are stored; none where that is something else. */
export function readLines(stored: unknown): InvoiceLine[] {
  return z.array(line).safeParse(stored).data ?? [];
}

export type InvoiceState = { words: string; tone: "ok" | "warn" | "bad" | "neutral" };

/** How an invoice stands, for people: an open one turns overdue by itself. */
export function invoiceState({ status, dueAt }: { status: InvoiceStatus; dueAt: Date | null }, now = new Date()): InvoiceState {
  switch (status) {
    case "draft":
      return { words: "planned", tone: "neutral" };
    case "paid":
      return { words: "paid", tone: "ok" };
    case "void":
      return { words: "void", tone: "neutral" };
    case "uncollectible":
      return { words: "not collected", tone: "bad" };
    case "open":
      return dueAt && dueAt < now ? { words: "overdue", tone: "bad" } : { words: "open", tone: "warn" };
  }
}

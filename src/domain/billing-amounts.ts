import { formatMoney, minorDigits, parseMoney } from "#lib/money.ts";

/** The most that the payment provider takes at once, in minor units: eight digits. */
export const mostAtOnce = 99_999_999;

export type ReadAmount = { amount: number } | { problem: string };

/** What somebody typed as an amount of money above zero in this currency, or what is wrong with it. "20.00" and "20.00 EUR" are both fine. */
export function readAmount(typed: string, currency: string): ReadAmount {
  const { number, named } = splitCurrency(typed.trim());
  if (named && named !== currency) return { problem: `This is in ${currency}, not in ${named}.` };
  if (number.startsWith("-")) return { problem: "Enter an amount above zero." };
  const fraction = /^\d+\.(\d+)$/.exec(number)?.[1] ?? "";
  if (fraction.length > minorDigits(currency)) return { problem: tooFine(currency) };
  if (/^\d{14,}(\.\d*)?$/.test(number)) return { problem: tooMuch(currency) };
  const amount = parseMoney(number, currency);
  if (amount === null) return { problem: `Enter digits with a point, such as ${example(currency)}.` };
  if (amount === 0) return { problem: "Enter an amount above zero." };
  return amount > mostAtOnce ? { problem: tooMuch(currency) } : { amount };
}

function splitCurrency(typed: string): { number: string; named: string | null } {
  const match = /^(?:([A-Za-z]{3}) ?)?(-?\d+(?:\.\d+)?)(?: ?([A-Za-z]{3}))?$/.exec(typed);
  if (!match || (match[1] && match[3])) return { number: typed, named: null };
  return { number: match[2] ?? "", named: (match[1] ?? match[3])?.toUpperCase() ?? null };
}

function tooFine(currency: string): string {
  const digits = minorDigits(currency);
  return digits === 0 ? `${currency} has no digits after the point.` : `${currency} has ${digits} digits after the point.`;
}

function tooMuch(currency: string): string {
  return `At most ${formatMoney(mostAtOnce, currency)} at once.`;
}

function example(currency: string): string {
  const digits = minorDigits(currency);
  return digits === 0 ? "20" : `20.${"0".repeat(digits)}`;
}

type Given = { kind: "refund" | "credit"; amount: number; state: "pending" | "succeeded" | "failed" };

/** What can still be given back of an invoice: what was paid, without what was refunded or is about to be. */
export function leftToRefund(amountPaid: number, entries: readonly Given[]): number {
  const given = entries.filter(({ kind, state }) => kind === "refund" && state !== "failed").reduce((sum, { amount }) => sum + amount, 0);
  return Math.max(0, amountPaid - given);
}

/** What a credit pays of an invoice, what then is to be paid, and what is left in hand. */
export function applyCredit({ due, credit }: { due: number; credit: number }): { used: number; toPay: number; left: number } {
  const used = Math.min(due, Math.max(0, credit));
  return { used, toPay: due - used, left: credit - used };
}

/** An amount without so many percent, rounded to the minor unit as the payment provider does: a half is taken off. */
export function withDiscount(amount: number, percent: number): number {
  return amount - share(amount, percent, 100);
}

export type Proration = {
  /** For the time that is left of what was paid for. */
  credit: number;
  /** For the same time of what comes instead. */
  charge: number;
  /** What is to be paid; below zero it is given back. */
  net: number;
};

type Change = { before: number; after: number; remaining: number; period: number };

/** What changes when, with `remaining` of a `period` left, something of another price comes instead. Prices are of a whole period. */
export function prorate({ before, after, remaining, period }: Change): Proration {
  const part = Math.min(Math.max(remaining, 0), period);
  const credit = share(before, part, period);
  const charge = share(after, part, period);
  return { credit, charge, net: charge - credit };
}

/** amount × part / whole, rounded half up, exactly. */
function share(amount: number, part: number, whole: number): number {
  if (whole <= 0) return 0;
  const doubled = BigInt(amount) * BigInt(part) * 2n + BigInt(whole);
  return Number(doubled / (2n * BigInt(whole)));
}

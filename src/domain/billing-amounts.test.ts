import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatMoney, toDecimal } from "#lib/money.ts";
import { applyCredit, leftToRefund, mostAtOnce, prorate, readAmount, withDiscount } from "./billing-amounts.ts";

const seed = Number(process.env.FAST_CHECK_SEED ?? Math.floor(Math.random() * 2 ** 31));
fc.configureGlobal({ seed, numRuns: 1_000 });
console.info(`fast-check seed ${seed}: set FAST_CHECK_SEED to repeat`);

const amount = fc.integer({ min: 0, max: mostAtOnce });
const currency = fc.constantFrom("EUR", "USD", "JPY", "KWD");
const period = fc.integer({ min: 1, max: 366 * 86_400_000 });

describe("an amount that somebody types", () => {
  test("is read as it is written, with its currency or without", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: mostAtOnce }), currency, (minor, code) => {
        const written = toDecimal(minor, code);
        for (const typed of [written, ` ${written} `, `${written} ${code}`, `${code} ${written}`, `${code.toLowerCase()}${written}`])
          expect(readAmount(typed, code)).toEqual({ amount: minor });
      }),
    );
  });

  test("is a sentence or an amount above zero that Stripe takes, whatever is typed", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), currency, (typed, code) => {
        const read = readAmount(typed, code);
        if ("problem" in read) expect(read.problem).toMatch(/^[A-Z].*\.$/);
        else expect(Number.isSafeInteger(read.amount) && read.amount > 0 && read.amount <= mostAtOnce).toBe(true);
      }),
    );
  });

  test.each([
    ["-1", "EUR", "Enter an amount above zero."],
    ["-0.01", "EUR", "Enter an amount above zero."],
    ["0", "EUR", "Enter an amount above zero."],
    ["0.00", "EUR", "Enter an amount above zero."],
    ["1.005", "EUR", "EUR has 2 digits after the point."],
    ["1.5", "JPY", "JPY has no digits after the point."],
    ["1.2345", "KWD", "KWD has 3 digits after the point."],
    ["1000000", "EUR", "At most €999,999.99 at once."],
    ["99999999999999999999", "EUR", "At most €999,999.99 at once."],
    ["5 USD", "EUR", "This is in EUR, not in USD."],
    ["usd 5", "EUR", "This is in EUR, not in USD."],
    ["1,50", "EUR", "Enter digits with a point, such as 20.00."],
    ["1e3", "EUR", "Enter digits with a point, such as 20.00."],
    ["€5", "EUR", "Enter digits with a point, such as 20.00."],
    ["Infinity", "EUR", "Enter digits with a point, such as 20.00."],
    ["NaN", "EUR", "Enter digits with a point, such as 20.00."],
    ["0x10", "EUR", "Enter digits with a point, such as 20.00."],
    ["٣", "EUR", "Enter digits with a point, such as 20.00."],
    ["", "JPY", "Enter digits with a point, such as 20."],
  ])("%s %s is refused: %s", (typed, code, problem) => {
    expect(readAmount(typed, code)).toEqual({ problem });
  });
});

describe("what is left to refund", () => {
  const entry = fc.record({
    kind: fc.constantFrom("refund" as const, "credit" as const),
    amount: fc.integer({ min: 1, max: mostAtOnce }),
    state: fc.constantFrom("pending" as const, "succeeded" as const, "failed" as const),
  });

  test("is never below zero or above what was paid, and only refunds that did not fail take from it", () => {
    fc.assert(
      fc.property(amount, fc.array(entry), (paid, entries) => {
        const left = leftToRefund(paid, entries);
        expect(left >= 0 && left <= paid).toBe(true);
        const without = entries.filter(({ kind, state }) => kind === "refund" && state !== "failed");
        expect(leftToRefund(paid, without)).toBe(left);
        expect(leftToRefund(paid, [])).toBe(paid);
      }),
    );
  });

  test("is nothing after all of it was given back, however it was split", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 1_000_000 }), { maxLength: 40 }), (parts) => {
        const paid = parts.reduce((sum, part) => sum + part, 0);
        const entries = parts.map((part) => ({ kind: "refund" as const, amount: part, state: "pending" as const }));
        expect(leftToRefund(paid, entries)).toBe(0);
        for (const [index, part] of parts.entries()) expect(leftToRefund(paid, entries.toSpliced(index, 1))).toBe(part);
      }),
    );
  });
});

test("credit pays what is due, no more, and no cent of it is lost", () => {
  fc.assert(
    fc.property(amount, amount, (due, credit) => {
      const { used, toPay, left } = applyCredit({ due, credit });
      expect(used + toPay).toBe(due);
      expect(used + left).toBe(credit);
      expect(Math.min(toPay, left)).toBe(0);
      expect(Math.min(used, toPay, left)).toBeGreaterThanOrEqual(0);
    }),
  );
});

test("credit pays several invoices in turn as it would pay one over all of them", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 1_000_000 }), { maxLength: 20 }), amount, (dues, credit) => {
      let left = credit;
      let toPay = 0;
      for (const due of dues) {
        const applied = applyCredit({ due, credit: left });
        left = applied.left;
        toPay += applied.toPay;
      }
      const due = dues.reduce((sum, one) => sum + one, 0);
      expect({ toPay, left }).toEqual({ toPay: applyCredit({ due, credit }).toPay, left: applyCredit({ due, credit }).left });
    }),
  );
});

test("a discount takes off its percent to within half a minor unit, and never more than all", () => {
  fc.assert(
    fc.property(amount, fc.integer({ min: 0, max: 100 }), (price, percent) => {
      const left = withDiscount(price, percent);
      expect(left >= 0 && left <= price).toBe(true);
      expect(Math.abs((price - left) * 100 - price * percent)).toBeLessThanOrEqual(50);
    }),
  );
});

describe("proration", () => {
  test("is exact to within half a minor unit for each side, and the difference is what is paid", () => {
    fc.assert(
      fc.property(amount, amount, period, fc.nat(), (before, after, whole, some) => {
        const remaining = some % (whole + 1);
        const { credit, charge, net } = prorate({ before, after, remaining, period: whole });
        expect(net).toBe(charge - credit);
        for (const [part, price] of [
          [credit, before],
          [charge, after],
        ] as const) {
          expect(part >= 0 && part <= price).toBe(true);
          const error = BigInt(part) * BigInt(whole) - BigInt(price) * BigInt(remaining);
          expect(2n * (error < 0n ? -error : error) <= BigInt(whole)).toBe(true);
        }
      }),
    );
  });

  test("of a change and its way back adds up to nothing, and so does a change to the same price", () => {
    fc.assert(
      fc.property(amount, amount, period, fc.nat(), (before, after, whole, some) => {
        const remaining = some % (whole + 1);
        const there = prorate({ before, after, remaining, period: whole });
        const back = prorate({ before: after, after: before, remaining, period: whole });
        expect(there.net + back.net).toBe(0);
        expect(prorate({ before, after: before, remaining, period: whole }).net).toBe(0);
      }),
    );
  });

  test("is nothing at the end of a period, all of it at the beginning, and never less with more time left", () => {
    fc.assert(
      fc.property(amount, amount, period, fc.nat(), fc.nat(), (before, after, whole, one, other) => {
        expect(prorate({ before, after, remaining: 0, period: whole })).toEqual({ credit: 0, charge: 0, net: 0 });
        expect(prorate({ before, after, remaining: whole, period: whole })).toEqual({ credit: before, charge: after, net: after - before });
        const [less, more] = [one % (whole + 1), other % (whole + 1)].sort((a, b) => a - b) as [number, number];
        const [small, large] = [less, more].map((remaining) => prorate({ before, after, remaining, period: whole })) as [
          ReturnType<typeof prorate>,
          ReturnType<typeof prorate>,
        ];
        expect(large.charge).toBeGreaterThanOrEqual(small.charge);
        expect(large.credit).toBeGreaterThanOrEqual(small.credit);
      }),
    );
  });

  test("of a time outside the period is that of its nearer end", () => {
    expect(prorate({ before: 900, after: 1_900, remaining: 99, period: 30 })).toEqual({ credit: 900, charge: 1_900, net: 1_000 });
    expect(prorate({ before: 900, after: 1_900, remaining: -1, period: 30 })).toEqual({ credit: 0, charge: 0, net: 0 });
    expect(prorate({ before: 900, after: 1_900, remaining: 1, period: 0 })).toEqual({ credit: 0, charge: 0, net: 0 });
    expect(formatMoney(prorate({ before: 4_500, after: 9_500, remaining: 10, period: 30 }).net, "EUR")).toBe("€16.67");
  });
});

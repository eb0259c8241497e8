import { z } from "zod";
import { text } from "#lib/text.ts";

const most = 100;

export const pageQuery = z.strictObject({
  limit: z.coerce
    .number("A whole number.")
    .int("A whole number.")
    .min(1, "At least 1.")
    .max(most, `At most ${most}.`)
    .default(50)
    .meta({ description: "How many at most." }),
  after: text({ max: 64 }).optional().meta({ description: "`next` of the page before." }),
});

/** Cuts the one row that was read too many; `next` is null on the last page. */
export function takePage<Row>(rows: readonly Row[], limit: number, cursorOf: (row: Row) => string): { data: Row[]; next: string | null } {
  const data = rows.slice(0, limit);
  const last = data.at(-1);
  return { data, next: rows.length > limit && last !== undefined ? cursorOf(last) : null };
}

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

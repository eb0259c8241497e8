import { z } from "zod";

function limit(title: string, { min, max, help }: { min: number; max: number; help?: string }) {
  return z
    .int("Enter a whole number.")
    .min(min, `At least ${min.toLocaleString("en-GB")}.`)
    .max(max, `At most ${max.toLocaleString("en-GB")}.`)
    .meta({ title, ...(help && { help }) });
}

/** What a plan allows, and what may differ for one organization. */
export const limitFields = {
  monitors: limit("Monitors", { min: 0, max: 100_000 }),
  pingsPerMinute: limit("Pings in a minute", { min: 1, max: 1_000_000, help: "Of one monitor" }),
  historyDays: limit("Days of history", { min: 1, max: 3_650 }),
  apiPerMinute: limit("API requests in a minute", { min: 1, max: 100_000 }),
};

/** What a new customer on this plan begins with. */
export const startFields = {
  seats: limit("Seats of a new customer", { min: 1, max: 10_000 }),
  trialDays: limit("Days of a new customer’s trial", { min: 0, max: 365 }),
};

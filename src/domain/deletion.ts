import { z } from "zod";
import { formatTime } from "#lib/format-time.ts";
import { allOfThese, plural } from "#lib/text.ts";
import { trialEnd } from "./organizations.ts";

/** How many days after it is asked for an organization is deleted. */
export const deletionDays = { min: 1, max: 90, usual: 14 } as const;

/** What is said to delete an organization, by staff as by its owners. */
export const deletionInput = z.strictObject({
  days: z
    .int("Enter a whole number of days.")
    .min(deletionDays.min, `At least ${deletionDays.min} day.`)
    .max(deletionDays.max, `At most ${deletionDays.max} days.`)
    .meta({ title: "Days from now", help: "Until then it can be restored" }),
  endSubscription: z
    .boolean()
    .default(false)
    .meta({ title: "End the subscription too", help: "Needed while a subscription is being paid for" }),
});

/** How many days before it the owners are told once more. */
export const reminderDays = 3;

/** What goes with an organization. */
export type DeletionFacts = {
  members: number;
  /** Names of those who belong nowhere else. */
  leaving: string[];
  monitors: number;
  apiKeys: number;
  webhooks: number;
  exports: number;
  invoices: number;
  /** A subscription that is being paid for. */
  paidPlan: string | null;
};

const mostNames = 10;

/** The end of a day, in UTC, like the end of a trial. */
export function deletionDay({ days, now = new Date() }: { days: number; now?: Date }): Date {
  return trialEnd({ from: null, days, now });
}

/** What is about to be lost, for somebody who has to decide. */
export function deletionInWords(name: string, dueAt: Date, facts: DeletionFacts): string[] {
  const { members, monitors, apiKeys, webhooks, exports, invoices, paidPlan } = facts;
  const things = [
    `${plural(monitors, "monitor")} with the whole history`,
    plural(apiKeys, "API key"),
    plural(webhooks, "webhook"),
    plural(exports, "data export"),
  ];
  return [
    `${name} is deleted at ${formatTime(dueAt)}. Until then everything works as before, and its owners or operations can restore it.`,
    `${plural(members, "person loses", "people lose")} access. ${leavingInWords(facts.leaving)}`,
    `${allOfThese(things)} are deleted.`,
    paidPlan
      ? `The ${paidPlan} subscription ends with it; nothing is refunded for the time that is left.`
      : "No subscription is being paid for.",
    invoices > 0 ? `${plural(invoices, "invoice goes", "invoices go")} with it: save first what has to be kept.` : "There are no invoices.",
    "The audit keeps what happened.",
  ];
}

function leavingInWords(names: readonly string[]): string {
  if (names.length === 0) return "All of them belong somewhere else too and keep their accounts.";
  const more = names.length - mostNames;
  const listed = [...names.slice(0, mostNames), ...(more > 0 ? [`${more} more`] : [])];
  const accounts = names.length === 1 ? "account is" : "accounts are";
  return `Of these, ${plural(names.length, "belongs", "belong")} nowhere else, so the ${accounts} deleted too: ${allOfThese(listed)}.`;
}

import { formatTime } from "#lib/format-time.ts";
import { humanize } from "#lib/text.ts";
import type { Reader, Transaction } from "../db.ts";

/** What an operation can take from Stripe; the rest of what differs somebody has to look into. */
const repairable = {
  Subscription: ["planId", "seats", "trialEndsAt", "cancelAt", "discountCode", "discountPercent", "stripeSubscriptionId"],
  Organization: ["stripeCustomerId"],
} as const;
const times = ["trialEndsAt", "cancelAt"];

export type Drifted = { id: string; objectType: keyof typeof repairable; field: string; ours: unknown; theirs: string | number | null };

/** What differs from Stripe and can be taken from there. */
export async function findDrifted(db: Reader | Transaction, organizationId: string): Promise<Drifted[]> {
  const rows = await db.billingDrift.findMany({
    where: { organizationId },
    orderBy: [{ objectType: "asc" }, { field: "asc" }],
    select: { id: true, objectType: true, field: true, ours: true, theirs: true },
  });
  return (rows as Drifted[]).filter(isRepairable);
}

function isRepairable({ objectType, field }: Drifted): boolean {
  return objectType in repairable && (repairable[objectType] as readonly string[]).includes(field);
}

/** Stripe's value as our column holds it. */
export function stripeValue({ field, theirs }: Drifted): string | number | Date | null {
  return times.includes(field) && typeof theirs === "string" ? new Date(theirs) : theirs;
}

/** "Seats: 5 here, 9 at Stripe". */
export function describeDrifted({ field, ours, theirs }: Drifted): string {
  return `${humanize(field)}: ${show(field, ours)} here, ${show(field, theirs)} at Stripe`;
}

function show(field: string, value: unknown): string {
  if (value === null || value === undefined) return "none";
  return times.includes(field) && typeof value === "string" ? formatTime(new Date(value)) : String(value);
}

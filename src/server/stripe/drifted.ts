import { canonicalJson } from "#lib/canonical-json.ts";
import { formatTime } from "#lib/format-time.ts";
import { humanize } from "#lib/text.ts";
import type { Reader, Transaction } from "../db.ts";
import { decidedHere } from "./own-billing.ts";

/** What an operation can take from Stripe; the rest of what differs somebody has to look into. */
const repairable = { Subscription: Object.keys(decidedHere), Organization: ["stripeCustomerId"] };
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
  return objectType in repairable && repairable[objectType].includes(field);
}

/** Stripe's value as our column holds it. */
export function stripeValue({ field, theirs }: Drifted): string | number | Date | null {
  return times.includes(field) && typeof theirs === "string" ? new Date(theirs) : theirs;
}

/**
 * Why what was seen at Stripe cannot be taken, in a sentence; null where it can: nothing may have been decided here, or
 * asked of Stripe, since it was seen. Whoever else changes the subscription waits.
 */
export async function whyNotTaken(db: Transaction, organizationId: string, drifted: readonly Drifted[]): Promise<string | null> {
  await db.$queryRaw`SELECT 1 AS "one" FROM "Subscription" WHERE "organizationId" = ${organizationId} FOR NO KEY UPDATE`;
  const { subscription, stripeMirror, ...organization } = await db.organization.findUniqueOrThrow({
    where: { id: organizationId },
    select: { stripeCustomerId: true, stripeMirror: { select: { fetchedAt: true } }, subscription: { select: decidedHere } },
  });
  const now: Record<string, Record<string, unknown> | null> = { Organization: organization, Subscription: subscription };
  const isCurrent = ({ objectType, field, ours }: Drifted) =>
    canonicalJson(now[objectType]?.[field] ?? null) === canonicalJson(ours ?? null);
  const calls = await db.stripeCall.findFirst({
    where: {
      organizationId,
      OR: [{ state: "pending" }, ...(stripeMirror?.fetchedAt ? [{ settledAt: { gt: stripeMirror.fetchedAt } }] : [])],
    },
    orderBy: { state: "asc" },
    select: { state: true },
  });
  if (calls?.state === "pending") return "Stripe has not done yet what was asked of it last. Wait until it has.";
  if (calls || !drifted.every(isCurrent)) return "Something was decided here since Stripe was last looked at. Wait for the next look.";
  return drifted.map(whyUnusable).find((problem) => problem !== null) ?? null;
}

/** What Stripe allows and we do not have. */
function whyUnusable({ field, theirs }: Drifted): string | null {
  if (field === "discountPercent" && theirs !== null && !(Number.isInteger(theirs) && Number(theirs) >= 1 && Number(theirs) <= 100))
    return `At Stripe the discount takes ${theirs} % off. Here only whole percents from 1 to 100 can be taken off: change it at Stripe.`;
  if (field === "seats" && !(Number(theirs) >= 1)) return `At Stripe the subscription has ${theirs} seats. Here it has at least one.`;
  return null;
}

/** "Seats: 5 here, 9 at Stripe". */
export function describeDrifted({ field, ours, theirs }: Drifted): string {
  return `${humanize(field)}: ${show(field, ours)} here, ${show(field, theirs)} at Stripe`;
}

function show(field: string, value: unknown): string {
  if (value === null || value === undefined) return "none";
  return times.includes(field) && typeof value === "string" ? formatTime(new Date(value)) : String(value);
}

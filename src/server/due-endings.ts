import { reader } from "./db.ts";

const most = 50;

/** Organizations whose cancelled subscription, unknown to the payment provider, ends now. */
export async function findDueEndings(): Promise<string[]> {
  const due = await reader().$queryRaw<{ organizationId: string }[]>`
    SELECT "organizationId" FROM "Subscription"
    WHERE "cancelAt" <= now() AND "stripeSubscriptionId" IS NULL AND "status" <> 'canceled' ORDER BY "cancelAt", "id" LIMIT ${most}`;
  return due.map(({ organizationId }) => organizationId);
}

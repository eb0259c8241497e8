import type { SignedInContext } from "./actor.ts";
import type { Transaction } from "./db.ts";

/** Whether this staff member proved who they are within the last five minutes, by the database's clock. */
export async function isFreshlySignedIn(db: Transaction, { actor }: SignedInContext): Promise<boolean> {
  if (actor.type !== "staff") return false;
  const rows = await db.$queryRaw<
    unknown[]
  >`SELECT 1 FROM "StaffSession" WHERE "id" = ${actor.sessionId} AND "authenticatedAt" > now() - interval '5 minutes'`;
  return rows.length === 1;
}

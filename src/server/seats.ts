import type { SeatUse } from "#domain/seats.ts";
import { noFreeSeat, seatsUsed } from "#domain/seats.ts";
import { Prisma } from "#generated/prisma/client.ts";
import type { Reader, Transaction } from "./db.ts";
import { AppError } from "./errors.ts";

/** How many seats an organization has, for how long, and who takes them; an open invitation takes one. */
export async function findSeats(db: Reader | Transaction, organizationId: string): Promise<SeatUse> {
  const [seats] = await db.$queryRaw<SeatUse[]>(seatsOf(organizationId));
  if (!seats) throw new Error("An aggregate always gives a row.");
  return seats;
}

/** SQL: one row of `SeatUse`. */
export function seatsOf(organizationId: string): Prisma.Sql {
  return Prisma.sql`
    SELECT coalesce((SELECT s."seats" FROM "Subscription" s WHERE s."organizationId" = ${organizationId}), 0)::int AS "licensed",
      coalesce(sum(x."seats"), 0)::int AS "lent", min(x."endsAt") AS "lentUntil",
      (SELECT count(*)::int FROM "Membership" m WHERE m."organizationId" = ${organizationId}) AS "members",
      (SELECT count(*)::int FROM "Invitation" i WHERE i."organizationId" = ${organizationId}
        AND i."acceptedAt" IS NULL AND i."revokedAt" IS NULL AND i."expiresAt" > now()) AS "invited"
    FROM "SeatExpansion" x WHERE x."organizationId" = ${organizationId} AND x."endsAt" > now()`;
}

/** Whoever gives or takes seats, roles or places of one organization does so one after the other. Lock this last. */
export async function lockOrganization(db: Transaction, organizationId: string): Promise<void> {
  await db.$queryRaw`SELECT 1 FROM "Organization" WHERE "id" = ${organizationId} FOR NO KEY UPDATE`;
}

/** Throws CONFLICT unless one more person may be invited. The organization must be locked. */
export async function requireFreeSeat(db: Transaction, organization: { id: string; name: string }): Promise<void> {
  const seats = await findSeats(db, organization.id);
  if (seatsUsed(seats) >= seats.licensed + seats.lent)
    throw new AppError("CONFLICT", { userMessage: noFreeSeat(organization.name, seats) });
}

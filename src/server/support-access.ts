import { supportAccessChoices } from "#domain/support-access.ts";
import { Prisma } from "#generated/prisma/client.ts";
import type { SupportAccess } from "#generated/prisma/enums.ts";
import type { Reader, Transaction } from "./db.ts";
import { AppError } from "./errors.ts";

type Parts = { organizationId: Prisma.Sql; userId: Prisma.Sql; staffMemberId: Prisma.Sql; ticket: Prisma.Sql };

/** SQL: whether Organization (as o) lets this staff member, with this ticket, see it as this person, at this moment. No other answer is yes. */
function permits({ organizationId, userId, staffMemberId, ticket }: Parts): Prisma.Sql {
  return Prisma.sql`(CASE o."supportAccess"
    WHEN 'allowed' THEN true
    WHEN 'openTicket' THEN EXISTS (
      SELECT 1 FROM "SupportCase" c WHERE c."id" = ${ticket} AND c."organizationId" = ${organizationId} AND c."open")
    WHEN 'askFirst' THEN EXISTS (
      SELECT 1 FROM "AccessRequest" a WHERE a."organizationId" = ${organizationId} AND a."userId" = ${userId}
        AND a."staffMemberId" = ${staffMemberId} AND a."state" = 'allowed' AND a."allowedUntil" > clock_timestamp())
    ELSE false END)`;
}

/** SQL: whether what allowed Impersonation (as i) of Organization (as o) still holds. */
export const supportAccessStands = permits({
  organizationId: Prisma.sql`i."organizationId"`,
  userId: Prisma.sql`i."userId"`,
  staffMemberId: Prisma.sql`i."staffMemberId"`,
  ticket: Prisma.sql`i."ticket"`,
});

export type Wanted = { organizationId: string; userId: string; staffMemberId: string; ticket: string };

const refusals: Record<Exclude<SupportAccess, "allowed">, string> = {
  openTicket: "allows access only with an open ticket of theirs, and this is not one.",
  askFirst: "wants to be asked first, and nobody there has allowed you this person for now. Ask for access.",
};

/**
 * Throws FORBIDDEN unless the customer's choice allows this. The organization and the customer's word are held until the
 * transaction ends, so that who takes them back at the same moment either comes first or ends what begins here.
 */
export async function requireSupportAccess(db: Transaction, wanted: Wanted): Promise<void> {
  const { organizationId, userId, staffMemberId, ticket } = wanted;
  const [organization] = await db.$queryRaw<{ name: string; supportAccess: SupportAccess }[]>`
    SELECT "name", "supportAccess"::text AS "supportAccess" FROM "Organization" WHERE "id" = ${organizationId} FOR SHARE`;
  if (!organization) throw new AppError("NOT_FOUND");
  const { name, supportAccess } = organization;
  if (supportAccess === "allowed") return;
  await db.$queryRaw`
    SELECT 1 FROM "AccessRequest"
    WHERE "organizationId" = ${organizationId} AND "staffMemberId" = ${staffMemberId} AND "userId" = ${userId} AND "state" = 'allowed'
    ORDER BY "id" FOR SHARE`;
  const given = permits({
    organizationId: Prisma.sql`o."id"`,
    userId: Prisma.sql`${userId}`,
    staffMemberId: Prisma.sql`${staffMemberId}`,
    ticket: Prisma.sql`${ticket}`,
  });
  const [row] = await db.$queryRaw<{ permitted: boolean }[]>`
    SELECT ${given} AS "permitted" FROM "Organization" o WHERE o."id" = ${organizationId}`;
  if (row?.permitted !== true) throw new AppError("FORBIDDEN", { userMessage: `${name} ${refusals[supportAccess]}` });
}

/** What this organization chose and what it gets to read, for staff who are about to ask or to enter. */
export async function describeSupportAccess(db: Reader, organizationId: string): Promise<string> {
  const { name, supportAccess } = await db.organization.findUniqueOrThrow({
    where: { id: organizationId },
    select: { name: true, supportAccess: true },
  });
  return `${name} ${supportAccessChoices[supportAccess].forStaff} They read your name, the reason and the ticket.`;
}

/** Ends what is open in this organization and no longer allowed, and says how many that were. */
export async function endUnfounded(db: Transaction, organizationId: string): Promise<number> {
  // By id, so that two who do this at once wait for each other instead of for ever.
  const unfounded = await db.$queryRaw<{ id: string }[]>`
    SELECT i."id" FROM "Impersonation" i JOIN "Organization" o ON o."id" = i."organizationId"
    WHERE o."id" = ${organizationId} AND i."endedAt" IS NULL AND i."expiresAt" > now() AND NOT ${supportAccessStands}
    ORDER BY i."id" FOR NO KEY UPDATE OF i`;
  if (unfounded.length === 0) return 0;
  return db.$executeRaw`
    UPDATE "Impersonation" SET "endedAt" = clock_timestamp() WHERE "endedAt" IS NULL AND "id" = ANY(${unfounded.map(({ id }) => id)}::text[])`;
}

import { accessEnded } from "#domain/mails/access-ended.ts";
import { staffSessionIsOpen } from "./auth/find-staff-actor.ts";
import { inAuditScope, type Transaction, transaction } from "./db.ts";
import { enqueue } from "./effects/effect.ts";
import { mail, type Recipient } from "./effects/mail.ts";
import { ownersOf } from "./organization-owners.ts";
import { isInReviewSample } from "./review-sample.ts";
import { getSetting } from "./settings.ts";
import { supportAccessStands } from "./support-access.ts";
import { systemContext } from "./system-context.ts";
import { findChanges } from "./visit-log.ts";

type Over = {
  id: string;
  /** Its time is not over and nobody has ended it, but the staff session or the customer's word is gone. */
  lapsed: boolean;
  organizationId: string;
  organizationName: string;
  slug: string;
  supportMails: boolean;
  userName: string;
  userEmail: string;
  staffName: string;
  reason: string;
  ticket: string;
  couldWrite: boolean;
  writeReason: string | null;
  needsReview: boolean;
  startedAt: Date;
  overAt: Date;
};

/**
 * Concludes one impersonation that is over: decides whether a second person looks at it, and tells the customer. One
 * that lost what it stood on is ended first, and told of in the next round, when what was opened last is written. The
 * row is claimed, so several workers may do this at once; with the mails it is one transaction. False when none is left.
 */
export function concludeOneImpersonation(): Promise<boolean> {
  return transaction(async (db) => {
    const found = await claim(db);
    if (!found) return false;
    const context = systemContext("Impersonations");
    const { id, organizationId } = found;
    const event = {
      context,
      operation: found.lapsed ? "impersonation.lapse" : "impersonation.conclude",
      outcome: "succeeded" as const,
      summary: found.lapsed
        ? `End the impersonation of ${found.userName} by ${found.staffName}: its staff session or the customer's word is gone`
        : `Conclude the impersonation of ${found.userName} by ${found.staffName}`,
      target: { type: "Impersonation", id, label: `${found.staffName} as ${found.userName} (${found.organizationName})` },
      organizationId,
    };
    await inAuditScope(db, event, async (eventId) => {
      if (found.lapsed) return void (await db.$executeRaw`UPDATE "Impersonation" SET "endedAt" = clock_timestamp() WHERE "id" = ${id}`);
      const needsReview = found.needsReview || found.couldWrite || isInReviewSample(id, await getSetting("impersonationReviewPercent"));
      await db.impersonation.update({ where: { id }, data: { needsReview, customerToldAt: new Date() }, select: { id: true } });
      await enqueue(db, await lettersOn(db, found), { context, eventId, organizationId });
    });
    return true;
  });
}

async function claim(db: Transaction): Promise<Over | undefined> {
  const [found] = await db.$queryRaw<Over[]>`
    SELECT i."id", i."endedAt" IS NULL AND i."expiresAt" > now() AS "lapsed", o."id" AS "organizationId", o."name" AS "organizationName",
      o."slug", o."supportMails", u."name" AS "userName", u."email" AS "userEmail", m."name" AS "staffName", i."reason", i."ticket",
      i."mode" = 'write' OR i."steppedUpAt" IS NOT NULL AS "couldWrite", i."writeReason", i."needsReview", i."startedAt",
      least(i."endedAt", i."expiresAt") AS "overAt"
    FROM "Impersonation" i
    JOIN "StaffSession" s ON s."id" = i."staffSessionId"
    JOIN "StaffMember" m ON m."id" = i."staffMemberId"
    JOIN "User" u ON u."id" = i."userId"
    JOIN "Organization" o ON o."id" = i."organizationId"
    WHERE i."customerToldAt" IS NULL AND (
      least(i."endedAt", i."expiresAt") < now() - interval '3 seconds'
      OR i."endedAt" IS NULL AND i."expiresAt" > now() AND NOT (${staffSessionIsOpen} AND ${supportAccessStands}))
    ORDER BY i."id" LIMIT 1 FOR NO KEY UPDATE OF i SKIP LOCKED`;
  return found;
}

const mostChangesTold = 20;

async function lettersOn(db: Transaction, over: Over) {
  if (!over.supportMails) return [];
  const [views] = await db.$queryRaw<{ pages: number }[]>`
    SELECT count(*)::int AS "pages" FROM "ImpersonationView" WHERE "impersonationId" = ${over.id} AND "kind" = 'page'`;
  const changes = await findChanges(db, over.id);
  const data = {
    impersonationId: over.id,
    organizationName: over.organizationName,
    slug: over.slug,
    staffName: over.staffName,
    userName: over.userName,
    startedAt: over.startedAt.toISOString(),
    overAt: over.overAt.toISOString(),
    reason: over.reason,
    ticket: over.ticket,
    couldWrite: over.couldWrite,
    writeReason: over.writeReason,
    pagesOpened: views?.pages ?? 0,
    changes: changes.slice(0, mostChangesTold).map(({ summary }) => summary),
    changeCount: changes.length,
  };
  const person: Recipient = { email: over.userEmail, name: over.userName };
  const owners = (await ownersOf(db, over.organizationId)).filter(({ email }) => email !== person.email);
  return [
    mail(accessEnded, { to: person, data: { ...data, asYou: true } }),
    ...owners.map((to) => mail(accessEnded, { to, data: { ...data, asYou: false } })),
  ];
}

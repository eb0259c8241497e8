import { type DeletionFacts, deletionDay, reminderDays } from "#domain/deletion.ts";
import { organizationDeletion } from "#domain/mails/registry.ts";
import { Prisma } from "#generated/prisma/client.ts";
import type { Reader, Transaction } from "./db.ts";
import type { Effect } from "./effects/effect.ts";
import { mail } from "./effects/mail.ts";
import { AppError } from "./errors.ts";
import { ownersOf } from "./organization-owners.ts";
import { endRenewal } from "./stripe/end-renewal.ts";
import type { TargetRow } from "./targets.ts";

/**
 * SQL: the people who lose their account with the organization. Whoever is in another one, or is invited to one, keeps
 * it; so does whoever belongs to one that is suspended or deactivated.
 */
const leaving = (organizationId: string) => Prisma.sql`
  SELECT u."id", u."name", u."email" FROM "Membership" m JOIN "User" u ON u."id" = m."userId"
  WHERE m."organizationId" = ${organizationId}
    AND NOT EXISTS (SELECT 1 FROM "Membership" e WHERE e."userId" = u."id" AND e."organizationId" <> ${organizationId})
    AND NOT EXISTS (
      SELECT 1 FROM "Invitation" i WHERE i."email" = u."email" AND i."organizationId" <> ${organizationId}
        AND i."acceptedAt" IS NULL AND i."revokedAt" IS NULL AND i."expiresAt" > now()
    )
  ORDER BY u."name", u."id"`;

type Person = { id: string; name: string; email: string };

/** What would go with the organization, as things are now. */
export async function findDeletionFacts(db: Reader | Transaction, organizationId: string): Promise<DeletionFacts> {
  const count = (table: string) =>
    Prisma.sql`(SELECT count(*)::int FROM ${Prisma.raw(`"${table}"`)} x WHERE x."organizationId" = ${organizationId})`;
  const people = await db.$queryRaw<Person[]>(leaving(organizationId));
  const [facts] = await db.$queryRaw<Omit<DeletionFacts, "leaving">[]>`
    SELECT ${count("Membership")} AS "members", ${count("Monitor")} AS "monitors", ${count("ApiKey")} AS "apiKeys",
      ${count("WebhookEndpoint")} AS "webhooks", ${count("DataExport")} AS "exports", ${count("Invoice")} AS "invoices",
      (SELECT p."name" FROM "Subscription" s JOIN "Plan" p ON p."id" = s."planId"
        WHERE s."organizationId" = ${organizationId} AND s."status" IN ('active', 'pastDue')) AS "paidPlan"`;
  if (!facts) throw new AppError("NOT_FOUND");
  return { ...facts, leaving: people.map(({ name }) => name) };
}

/** The people who lose their account, locked: none of them can join another organization until this transaction has ended. */
export async function lockLeaving(db: Transaction, organizationId: string): Promise<Person[]> {
  // A second statement, so that it sees what happened while this one waited.
  await db.$queryRaw`
    SELECT u."id" FROM "Membership" m JOIN "User" u ON u."id" = m."userId"
    WHERE m."organizationId" = ${organizationId} ORDER BY u."id" FOR UPDATE OF u`;
  return db.$queryRaw<Person[]>(leaving(organizationId));
}

type Schedule = {
  db: Transaction;
  target: TargetRow<"Organization">;
  input: { days: number; endSubscription: boolean };
  reason: string;
  ticket: string | null;
  eventId: string;
  effect: (effect: Effect) => void;
};

/** Sets the day, unless a subscription is being paid for and nobody said that it ends; tells the owners. */
export async function scheduleDeletion({ db, target, input, reason, ticket, eventId, effect }: Schedule): Promise<void> {
  const { status } = target.subscription ?? {};
  if ((status === "active" || status === "pastDue") && !input.endSubscription) {
    throw new AppError("CONFLICT", {
      userMessage: `${target.name} has a subscription that is being paid for. Say that it ends as well, or cancel it first.`,
      details: { fields: { "input.endSubscription": "Say that the subscription ends too." } },
    });
  }
  const dueAt = deletionDay(input);
  const remindedAt = input.days > reminderDays ? null : new Date();
  await db.scheduledDeletion.create({ data: { organizationId: target.id, reason, ticket, dueAt, remindedAt }, select: { id: true } });
  await endRenewal({ db, effect, eventId }, target);
  const data = { stage: "scheduled" as const, organizationName: target.name, slug: target.slug, dueAt: dueAt.toISOString() };
  for (const to of await ownersOf(db, target.id)) effect(mail(organizationDeletion, { to, data }));
}

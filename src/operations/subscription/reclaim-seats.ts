import { z } from "zod";
import { membershipRemoved } from "#domain/mails/membership-removed.ts";
import { seatsChanged } from "#domain/mails/seats-changed.ts";
import { allOfThese, plural } from "#lib/text.ts";
import { mail } from "#server/effects/mail.ts";
import { AppError } from "#server/errors.ts";
import { defineOperation, type RunArguments } from "#server/operation.ts";
import { ownersOf } from "#server/organization-owners.ts";

export const subscriptionReclaimSeats = defineOperation({
  name: "subscription.reclaimSeats",
  title: "Reclaim seats",
  description: "Removes people who have not been seen for a while, and withdraws invitations that expired. Owners stay.",
  target: "Organization",
  allow: { operations: true },
  risk: "risky",
  ticket: "required",
  input: z.strictObject({
    days: z
      .int("Enter a whole number of days.")
      .min(30, "At least 30 days.")
      .max(3_650, "At most 3,650 days.")
      .meta({ title: "Not seen for (days)", help: "The preview lists exactly who and what that is" }),
  }),
  defaults: () => ({ days: 90 }),
  summary: ({ target, input }) => `Reclaim the seats of people in ${target.name} not seen for ${plural(input.days, "day")}`,
  consequences: () => ["Whoever is removed keeps their account and can be invited again."],
  async run({ db, target, input, effect }) {
    const people = await findUnseen(db, target.id, input.days);
    const invitations = await withdrawExpired(db, target.id);
    if (people.length + invitations === 0)
      throw new AppError("CONFLICT", { userMessage: `Everybody in ${target.name} was seen in the last ${plural(input.days, "day")}.` });
    await db.membership.deleteMany({ where: { id: { in: people.map(({ membershipId }) => membershipId) } } });
    for (const person of people) effect(mail(membershipRemoved, { to: person, data: { organizationName: target.name } }));
    if (people.length === 0) return;
    const names = allOfThese(people.map(({ name }) => name));
    const sentences = [`${names} had not been seen for ${plural(input.days, "day")} and gave back ${plural(people.length, "seat")}.`];
    const data = { organizationName: target.name, slug: target.slug, sentences };
    for (const owner of await ownersOf(db, target.id)) effect(mail(seatsChanged, { to: owner, data }));
  },
});

type Db = RunArguments<"Organization", unknown>["db"];
type Unseen = { membershipId: string; name: string; email: string };

/** Whoever is being changed by somebody else at this moment is left alone: their row is not waited for. */
function findUnseen(db: Db, organizationId: string, days: number): Promise<Unseen[]> {
  return db.$queryRaw<Unseen[]>`
    SELECT m."id" AS "membershipId", u."name", u."email" FROM "Membership" m JOIN "User" u ON u."id" = m."userId"
    WHERE m."organizationId" = ${organizationId} AND m."role" <> 'owner'
      AND NOT (coalesce(m."elevatedRole" = 'owner', false) AND m."elevatedUntil" > now())
      AND coalesce(u."lastSeenAt", m."createdAt") < now() - make_interval(days => ${days}) AND m."createdAt" < now() - make_interval(days => ${days})
    ORDER BY m."id" FOR UPDATE OF m SKIP LOCKED`;
}

function withdrawExpired(db: Db, organizationId: string): Promise<number> {
  return db.$executeRaw`
    UPDATE "Invitation" SET "revokedAt" = now() WHERE "id" IN (
      SELECT "id" FROM "Invitation" WHERE "organizationId" = ${organizationId}
        AND "acceptedAt" IS NULL AND "revokedAt" IS NULL AND "expiresAt" <= now() FOR UPDATE SKIP LOCKED)`;
}

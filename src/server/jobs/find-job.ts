import { Prisma } from "#generated/prisma/client.ts";
import { isUuid } from "#lib/uuid.ts";
import type { Reader, Transaction } from "../db.ts";
import type { JobState } from "./describe-job.ts";
import { queueNames } from "./queues.ts";

/** A job as staff see it: never what it carries, which may be personal. */
export type JobRow = {
  id: string;
  queue: string;
  state: JobState;
  attempts: number;
  mostAttempts: number;
  message: string | null;
  mail: string | null;
  stripeCall: string | null;
  eventId: string | null;
  organizationId: string | null;
  organizationName: string | null;
};

export const jobColumns = Prisma.sql`j."id"::text AS "id", j."queue", j."state"::text AS "state", j."attempts", j."mostAttempts", j."message", j."mail",
  c."kind" AS "stripeCall", j."eventId", j."organizationId", o."name" AS "organizationName"`;
export const jobTables = Prisma.sql`LEFT JOIN "StripeCall" c ON c."id" = j."stripeCallId" LEFT JOIN "Organization" o ON o."id" = j."organizationId"`;

/** This job alone: the key of the queue's table begins with the queue. */
export function isJob(id: string): Prisma.Sql {
  return isUuid(id) ? Prisma.sql`j."queue" IN (${Prisma.join(queueNames)}) AND j."id" = ${id}::uuid` : Prisma.sql`FALSE`;
}

export async function findJob(db: Reader | Transaction, id: string): Promise<JobRow | null> {
  const [row] = await db.$queryRaw<JobRow[]>`SELECT ${jobColumns} FROM "Job" j ${jobTables} WHERE ${isJob(id)}`;
  return row ?? null;
}

/** No worker takes it or finishes with it until the end of this transaction. */
export async function lockJob(db: Transaction, id: string): Promise<void> {
  if (!isUuid(id)) return;
  await db.$queryRaw`SELECT 1 FROM pgboss.job WHERE name IN (${Prisma.join(queueNames)}) AND id = ${id}::uuid FOR NO KEY UPDATE`;
}

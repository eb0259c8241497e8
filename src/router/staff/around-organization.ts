import { Prisma } from "#generated/prisma/client.ts";
import { reader } from "#server/db.ts";
import { type FoundStanding, readStanding, standingOf } from "#server/standing.ts";
import { type FoundKey, openApiKeysOf } from "./api-keys.ts";
import { type FoundJob, latestJobsOf } from "./jobs.ts";
import { type FoundEvent, latestEventsOf, withWayBack } from "./timeline.ts";

/** A proposal about this customer that waits for a second person. */
type Waiting = { id: string; summary: string };
/** As JSON has it: times are texts. */
type Written<Row> = { [Key in keyof Row]: Row[Key] extends Date | null ? Exclude<Row[Key], Date> | string : Row[Key] };
type Found = {
  keys: Written<FoundKey>[];
  jobs: Written<FoundJob>[];
  events: Written<FoundEvent>[];
  standing: Written<FoundStanding>;
  waiting: Waiting[];
};

/**
 * Of one customer what the reader may not join whole, or no relation leads to: open API keys, the latest jobs and events, proposals
 * that wait, and how its billing stands. One statement, because each takes longer to send than to answer.
 */
export async function findAroundOrganization(organizationId: string) {
  const [found] = await reader().$queryRaw<Found[]>`
    SELECT ${listOf(openApiKeysOf(organizationId))} AS "keys", ${listOf(latestJobsOf(organizationId))} AS "jobs",
      ${listOf(latestEventsOf(organizationId))} AS "events", ${listOf(waitingOf(organizationId))} AS "waiting",
      (SELECT to_json(stands) FROM (${standingOf(organizationId)}) AS stands) AS "standing"`;
  if (!found) throw new Error("Lists always give a row.");
  const { keys, jobs, events, standing, waiting } = found;
  return {
    keys: keys.map((key) => withTimes<FoundKey>(key, ["createdAt", "lastUsedAt", "revokedAt"])),
    jobs: jobs.map((job) => withTimes<FoundJob>(job, ["createdAt", "startAfter", "startedAt", "completedAt", "heartbeatAt"])),
    timeline: withWayBack(events.map((event) => withTimes<FoundEvent>(event, ["at"]))),
    standing: readStanding(withTimes<FoundStanding>(standing, ["issuedAt", "startsAt", "lentUntil"])),
    waiting,
  };
}

function waitingOf(organizationId: string): Prisma.Sql {
  return Prisma.sql`SELECT "id", "summary" FROM "Proposal" WHERE "organizationId" = ${organizationId}
    AND "state" = 'awaitingApproval' AND "expiresAt" > now() ORDER BY "id" LIMIT 10`;
}

function listOf(rows: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(SELECT coalesce(json_agg(listed), '[]') FROM (${rows}) AS listed)`;
}

type TimeOf<Row> = { [Key in keyof Row]-?: Date extends Row[Key] ? Key : never }[keyof Row];

function withTimes<Row extends object>(row: Written<Row>, times: readonly TimeOf<Row>[]): Row {
  const read: Partial<Record<keyof Row, Date | null>> = {};
  for (const name of times) read[name] = row[name] === null ? null : new Date(row[name] as string);
  return { ...row, ...read } as Row;
}

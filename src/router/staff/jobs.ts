import { z } from "zod";
import { readsPersonalData } from "#domain/roles.ts";
import { Prisma } from "#generated/prisma/client.ts";
import { maskAddresses } from "#lib/mask.ts";
import { text } from "#lib/text.ts";
import { reader } from "#server/db.ts";
import { AppError } from "#server/errors.ts";
import { jobStates, jobTitle, queueTitle, stateTitles } from "#server/jobs/describe-job.ts";
import { isJob, type JobRow, jobColumns, jobTables } from "#server/jobs/find-job.ts";
import { queueNames } from "#server/jobs/queues.ts";
import { allOf, cappedCount, keyset, toPage } from "#server/keyset.ts";
import { type ProcedureContext, router, staffProcedure } from "#server/trpc.ts";
import { describeOperations } from "../describe-operations.ts";

export const jobFilters = z.strictObject({
  queue: z.enum(queueNames).optional(),
  state: z.enum(jobStates).optional(),
  organization: text({ max: 64 }).optional(),
  sort: z.enum(["newest", "oldest"]).default("newest"),
  after: text({ max: 400 }).optional(),
});

/** Each count in words of its own: for a common state PostgreSQL reads the table until there are enough, for a rare one the index. */
const countsSql = Prisma.join(
  queueNames.flatMap((queue) =>
    jobStates.map((state) => {
      const counted = `SELECT count(*)::int FROM (SELECT 1 FROM "Job" j WHERE j."queue" = '${queue}' AND j."state" = '${state}' LIMIT 10001) found`;
      return Prisma.raw(`SELECT '${queue}' AS "queue", '${state}' AS "state", (${counted}) AS "count"`);
    }),
  ),
  " UNION ALL ",
);

type Times = { createdAt: Date; startAfter: Date; startedAt: Date | null; completedAt: Date | null; heartbeatAt: Date | null };
type Progress = { done: number | null; total: number | null };
export type FoundJob = JobRow & Times & Progress & { cursor: string };

export type ShownJob = Omit<JobRow, "mail" | "stripeCall"> &
  Times &
  Progress & {
    title: string;
    queueTitle: string;
    stateTitle: string;
    /** Nobody works on it any more, unless somebody has it tried again. */
    isOver: boolean;
  };
export type QueueCount = { queue: string; title: string; counts: { state: string; title: string; count: number }[] };

const columns = Prisma.sql`${jobColumns}, j."createdAt", j."startAfter", j."startedAt", j."completedAt", j."heartbeatAt", p."done", p."total",
  to_char(j."createdAt" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS "cursor"`;
const tables = Prisma.sql`${jobTables} LEFT JOIN "JobProgress" p ON p."jobId" = j."id"`;
const failed = Prisma.sql`"Job" j WHERE j."queue" IN (${Prisma.join(queueNames)}) AND j."state" = 'failed'`;

export const jobsRouter = router({
  list: staffProcedure.input(jobFilters).query(async ({ ctx, input }) => {
    const where = allOf([
      input.queue ? Prisma.sql`j."queue" = ${input.queue}` : input.state ? Prisma.sql`j."queue" IN (${Prisma.join(queueNames)})` : null,
      input.state ? Prisma.sql`j."state" = ${input.state}::pgboss.job_state` : null,
      input.organization ? Prisma.sql`j."organizationId" = ${input.organization}` : null,
    ]);
    const page = keyset(
      {
        column: Prisma.sql`j."createdAt"`,
        id: Prisma.sql`j."id"::text`,
        direction: input.sort === "newest" ? "desc" : "asc",
        cast: "timestamptz",
      },
      input.after,
    );
    const [rows, [counted]] = await Promise.all([
      reader().$queryRaw<FoundJob[]>`
        SELECT ${columns} FROM (SELECT * FROM "Job" j WHERE ${where} AND ${page.where} ${page.order}) j ${tables}
        ORDER BY j."createdAt" ${Prisma.raw(input.sort === "newest" ? "DESC" : "ASC")}, j."id"::text ${Prisma.raw(input.sort === "newest" ? "DESC" : "ASC")}`,
      reader().$queryRaw<{ count: number }[]>(cappedCount(Prisma.sql`"Job" j WHERE ${where}`)),
    ]);
    const cursors = new Map(rows.map(({ id, cursor }) => [id, cursor]));
    const shown = rows.map((row) => showJob(ctx, row));
    return { ...toPage(shown, ({ id }) => cursors.get(id) ?? ""), count: counted?.count ?? 0 };
  }),

  /** How many jobs each queue has in each state; a count stops at 10 000. */
  counts: staffProcedure.query(async () => {
    const rows = await reader().$queryRaw<{ queue: string; state: string; count: number }[]>(countsSql);
    return queueNames.map((queue): QueueCount => {
      const counts = jobStates.map((state) => ({
        state,
        title: stateTitles[state],
        count: rows.find((row) => row.queue === queue && row.state === state)?.count ?? 0,
      }));
      return { queue, title: queueTitle(queue), counts };
    });
  }),

  /** How many have failed for good, for the staff's home. */
  failures: staffProcedure.query(async ({ ctx }) => {
    const [row] = await reader().$queryRaw<{ count: number }[]>(cappedCount(failed));
    return { failed: row?.count ?? 0, mayRetry: ctx.ability.can("job.retry", "Job") };
  }),

  get: staffProcedure.input(z.strictObject({ id: text({ max: 64 }) })).query(async ({ ctx, input: { id } }) => {
    const [row] = await reader().$queryRaw<FoundJob[]>`SELECT ${columns} FROM "Job" j ${tables} WHERE ${isJob(id)}`;
    if (!row) throw new AppError("NOT_FOUND", { userMessage: "There is no such job. What is done is forgotten after a while." });
    return { job: showJob(ctx, row), operations: describeOperations({ ctx, type: "Job", row }) };
  }),
});

const latest = 5;

/** SQL: the latest jobs of one customer, the newest first. */
export function latestJobsOf(organizationId: string): Prisma.Sql {
  return Prisma.sql`SELECT ${columns} FROM (SELECT * FROM "Job" j WHERE j."organizationId" = ${organizationId}
    ORDER BY j."createdAt" DESC LIMIT ${latest}) j ${tables} ORDER BY j."createdAt" DESC, j."id" DESC`;
}

/** What went wrong may quote an address, as mail servers do. */
export function showJob(ctx: ProcedureContext, { cursor: _cursor, mail, stripeCall, ...row }: FoundJob): ShownJob {
  const clear = ctx.actor?.type === "staff" && readsPersonalData(ctx.actor.roles);
  const message = clear || row.message === null ? row.message : maskAddresses(row.message);
  const title = jobTitle({ queue: row.queue, mail, stripeCall });
  return {
    ...row,
    message,
    title,
    queueTitle: queueTitle(row.queue),
    stateTitle: stateTitles[row.state],
    isOver: row.completedAt !== null,
  };
}

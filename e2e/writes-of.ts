import { declarations } from "#generated/declarations.ts";
import { asRole } from "#testing/database.ts";

/** Events of what succeeded and yet changed nothing that is anybody's: looking at these is itself worth one. */
const looking = ["search.run", "audit.export", "bulk.report", "invoice.open", "invoice.download", "billing.open"];

/** Rows that a refusal, a look or the worker rightly makes or changes, with the reason. */
const expected: Record<string, string> = {
  ApiUsage: "requests of the REST API are counted",
  AuditChange: "asked for by the event",
  AuditEvent: "every refusal is one; asked for by the request",
  BillingDrift: "the worker compares with Stripe without being asked",
  FormDraft: "what was typed into a refused form is kept for an hour",
  ImpersonationView: "what is opened in a customer's seat is listed",
  MonitorStateChange: "the worker watches monitors without being asked",
  Proposal: "a preview by staff is kept for a day, and changes nothing",
  SignInThrottle: "attempts are counted",
  StripeMirror: "the worker compares with Stripe without being asked",
};

type Events = { operation: string; outcome: string; changes: number };

/** The changes that these requests made: whatever an audited table tells of, jobs, and events outside of any request. */
export async function writesOf(
  requestIds: string[],
  since: Date,
): Promise<{ changed: Events[]; succeeded: string[]; jobs: number; unattributed: number }> {
  return asRole("owner", async (client) => {
    const { rows } = await client.query<Events>(
      `SELECT e."operation", e."outcome"::text AS outcome, count(c."id")::int AS changes
       FROM "AuditEvent" e LEFT JOIN "AuditChange" c ON c."eventId" = e."id" AND c."at" >= $2
       WHERE e."at" >= $2 AND e."requestId" = ANY($1) GROUP BY e."id", e."operation", e."outcome"`,
      [requestIds, since],
    );
    const jobs = await client.query(`SELECT 1 FROM pgboss.job WHERE data -> 'origin' ->> 'requestId' = ANY($1)`, [requestIds]);
    const unattributed = await client.query(
      `SELECT 1 FROM "AuditEvent" WHERE "at" >= $1 AND "actorType" = 'database' AND "actorId" = 'countersign_app'`,
      [since],
    );
    const done = rows.filter(({ outcome, operation }) => !["denied", "failed"].includes(outcome) && !looking.includes(operation));
    return {
      changed: rows.filter(({ changes }) => changes > 0),
      succeeded: [...new Set(done.map(({ operation, outcome }) => `${operation} ${outcome}`))],
      jobs: jobs.rows.length,
      unattributed: unattributed.rows.length,
    };
  });
}

/** Table → all its rows that name one of these ids, without what only the clock and the worker move, and without the tables above. */
export async function rowsNaming(ids: readonly string[]): Promise<Record<string, string[]>> {
  return asRole("owner", async (client) => {
    const found: [string, string[]][] = [];
    for (const [table, { telemetry }] of Object.entries(declarations)) {
      if (table in expected) continue;
      const { rows } = await client.query<{ row: string }>(
        `SELECT (to_jsonb(t) - $2::text[])::text AS row FROM "${table}" t WHERE t::text ~ $1 ORDER BY 1`,
        [ids.join("|"), telemetry],
      );
      found.push([table, rows.map(({ row }) => row)]);
    }
    return Object.fromEntries(found);
  });
}

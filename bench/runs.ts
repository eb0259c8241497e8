import { Pool } from "pg";
import { procedureContext } from "#router/procedure-context.ts";
import { getOperation } from "#router/registry.ts";
import type { StaffActor } from "#server/actor.ts";
import { runOperation } from "#server/run-operation.ts";
import { type Measurement, measure } from "./measure.ts";
import type { Limits } from "./options.ts";
import { newName, pick, renaming } from "./scenarios.ts";

type Situation = { actor: StaffActor; organizations: string[]; clients: number; limits: Limits };

export function contextOf(actor: StaffActor) {
  return {
    ...procedureContext({
      actor,
      onBehalfOf: null,
      impersonation: null,
      requestId: "benchmark",
      sourceIp: "127.0.0.1",
      userAgent: "benchmark",
    }),
    actor,
  };
}

/** The pipeline without HTTP: lock, load, authorize, event, change, captured row. */
export function measureRuns({ actor, organizations, clients, limits }: Situation): Promise<Measurement> {
  const operation = getOperation("organization.rename");
  const context = contextOf(actor);
  const { ability } = context;
  return measure(
    async (index) => {
      await runOperation({ operation, context, ability, envelope: renaming(pick(organizations, index)) });
      return 0;
    },
    { clients, limits },
  );
}

/** The least that a change with its event can be: BEGIN, INSERT of the event, UPDATE, COMMIT, in four round trips. */
export async function measureBareRuns(
  { actor, organizations, clients, limits }: Situation,
  connectionString: string,
): Promise<Measurement> {
  const pool = new Pool({ connectionString, max: clients });
  try {
    return await measure(
      async (index) => {
        const client = await pool.connect();
        try {
          await client.query("BEGIN");
          await client.query(insertEvent, [actor.id, actor.label, pick(organizations, index)]);
          await client.query(`UPDATE "Organization" SET "name" = $2 WHERE "id" = $1`, [pick(organizations, index), newName()]);
          await client.query("COMMIT");
        } finally {
          client.release();
        }
        return 0;
      },
      { clients, limits },
    );
  } finally {
    await pool.end();
  }
}

// The row triggers want the event's id in the setting, as the application sets it.
const insertEvent = `WITH event AS (
    INSERT INTO "AuditEvent" ("actorType", "actorId", "actorLabel", "actorRoles", "organizationId", "operation", "targetType", "targetId", "outcome", "summary", "reason")
    VALUES ('staff', $1, $2, '{}', $3, 'organization.rename', 'Organization', $3, 'succeeded', 'Rename', 'Measuring') RETURNING "id")
  SELECT set_config('countersign.event_id', "id", true) FROM event`;

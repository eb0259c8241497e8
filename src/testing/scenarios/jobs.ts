import { trialExtended } from "#domain/mails/trial-extended.ts";
import { transaction } from "#server/db.ts";
import { type Effect, enqueue } from "#server/effects/effect.ts";
import { mail } from "#server/effects/mail.ts";
import type { JobState } from "#server/jobs/describe-job.ts";
import type { QueueName } from "#server/jobs/queues.ts";
import { systemContext } from "#server/system-context.ts";
import { asRole } from "../database.ts";
import type { Scenarios, World } from "./scenario.ts";

export const jobScenarios = {
  "job.cancel": { targetOf: (world) => makeJob(world, { state: "retry" }), changesNothing: true },
  "job.retry": { targetOf: (world) => makeJob(world, { state: "failed" }), changesNothing: true },
} satisfies Scenarios;

type Options = { queue?: QueueName; state?: JobState; attempts?: number; message?: string; payload?: Effect["payload"]; eventId?: string };

/** A job of this organization in the queue as it is after so many attempts; a mail to its owner where no payload says else. */
export async function makeJob(
  world: Pick<World, "id" | "name" | "people">,
  { queue = "mail", state = "created", attempts = 1, message = "Connection refused", payload, eventId = "evt_test" }: Options = {},
): Promise<string> {
  const { email, name } = world.people.owner;
  const letter = mail(trialExtended, {
    to: { email, name },
    data: { organizationName: world.name, trialEndsAt: "2027-03-12T23:59:59Z" },
  });
  const effect = payload ? { ...letter, queue, payload } : letter;
  await transaction((db) => enqueue(db, [effect], { context: systemContext("Test"), eventId, organizationId: world.id }));
  return asRole("app", async (client) => {
    const started = attempts > 0 && state !== "created";
    const { rows } = await client.query<{ id: string }>(
      `UPDATE pgboss.job SET state = $3::pgboss.job_state, retry_count = CASE WHEN $4 THEN $5::int - 1 ELSE 0 END,
         retry_limit = CASE WHEN $3 = 'failed' THEN $5::int - 1 ELSE retry_limit END,
         started_on = CASE WHEN $4 THEN now() END, heartbeat_on = CASE WHEN $3 = 'active' THEN now() END,
         completed_on = CASE WHEN $3 IN ('completed', 'cancelled', 'failed') THEN now() END,
         start_after = CASE WHEN $3 = 'retry' THEN now() + interval '1 hour' ELSE start_after END,
         output = CASE WHEN $3 IN ('retry', 'failed') THEN jsonb_build_object('message', $6::text) END
       WHERE id = (SELECT id FROM pgboss.job WHERE name = $1 AND data -> 'origin' ->> 'organizationId' = $2 ORDER BY created_on DESC, id LIMIT 1)
       RETURNING id`,
      [effect.queue, world.id, state, started, attempts, message],
    );
    const id = rows[0]?.id;
    if (!id) throw new Error("The job is not in the queue.");
    return id;
  });
}

import type { QueueName } from "#server/jobs/queues.ts";
import { asRole } from "./database.ts";

export type QueuedJob = { id: string; data: { payload: Record<string, unknown>; origin: { eventId: string; requestId: string } } };

/** The jobs in a queue whose payload fits, oldest first. */
export async function queuedJobs(queue: QueueName, fits: (payload: Record<string, unknown>) => boolean): Promise<QueuedJob[]> {
  const { rows } = await asRole("superuser", (client) =>
    client.query<QueuedJob>(`SELECT id, data FROM pgboss.job WHERE name = $1 ORDER BY created_on, id`, [queue]),
  );
  return rows.filter(({ data }) => fits(data.payload));
}

export type QueuedMail = { mail: string; to: { email: string; name: string }; data: Record<string, unknown> };

/** The mails in the queue that an organization's runs caused, oldest first. */
export async function queuedMails(organizationId: string): Promise<QueuedMail[]> {
  const { rows } = await asRole("superuser", (client) =>
    client.query<{ payload: QueuedMail }>(
      `SELECT data -> 'payload' AS payload FROM pgboss.job WHERE name = 'mail' AND data -> 'origin' ->> 'organizationId' = $1 ORDER BY created_on, id`,
      [organizationId],
    ),
  );
  return rows.map(({ payload }) => payload);
}

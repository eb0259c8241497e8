import type { Transaction } from "../db.ts";

type Job = { id: string; queue: string };
type Payload = { exportId?: string; deliveryId?: string };

/**
 * Gives a failed or cancelled job one more attempt, now; a sentence where nothing would come of it. The library's own
 * `retry` leaves the time of the next try where it was, which may be an hour away.
 */
export async function tryJobAgain(db: Transaction, { id, queue }: Job): Promise<string | null> {
  const { exportId } = await payloadOf(db, { id, queue });
  if (exportId && !(await db.dataExport.count({ where: { id: exportId, state: "pending" } })))
    return "The export was given up. The customer has to ask for a new one.";
  const count = await db.$executeRaw`
    UPDATE pgboss.job SET state = 'retry', retry_limit = greatest(retry_limit, retry_count + 1), start_after = now(), completed_on = NULL,
      keep_until = greatest(keep_until, now() + interval '14 days')
    WHERE name = ${queue} AND id = ${id}::uuid AND state IN ('failed', 'cancelled')`;
  return count === 1 ? null : "Somebody else did this a moment ago.";
}

/** Takes a job that waits out of its queue, and settles what waited for it. False where a worker was faster. */
export async function cancelJob(db: Transaction, { id, queue }: Job): Promise<boolean> {
  const { exportId, deliveryId } = await payloadOf(db, { id, queue });
  const count = await db.$executeRaw`
    UPDATE pgboss.job SET state = 'cancelled', completed_on = now() WHERE name = ${queue} AND id = ${id}::uuid AND state IN ('created', 'retry')`;
  if (count === 0) return false;
  if (exportId)
    await db.dataExport.updateMany({
      where: { id: exportId, state: "pending" },
      data: { state: "failed", error: "It was cancelled by our staff. Ask for it again." },
    });
  if (deliveryId)
    await db.webhookDelivery.updateMany({
      where: { id: deliveryId, state: "pending" },
      data: { state: "failed", nextTryAt: null, lastError: "It was cancelled by our staff." },
    });
  return true;
}

/** The ids of what the job is about, in its own queue only: a payload's names mean nothing elsewhere. */
async function payloadOf(db: Transaction, { id, queue }: Job): Promise<Payload> {
  const [row] = await db.$queryRaw<Payload[]>`
    SELECT CASE WHEN name = 'export' THEN data -> 'payload' ->> 'exportId' END AS "exportId",
      CASE WHEN name = 'webhook' THEN data -> 'payload' ->> 'deliveryId' END AS "deliveryId"
    FROM pgboss.job WHERE name = ${queue} AND id = ${id}::uuid`;
  return row ?? {};
}

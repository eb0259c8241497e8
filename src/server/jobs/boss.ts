import { type ConstructorOptions, PgBoss } from "pg-boss";
import { env } from "#env.ts";
import type { Transaction } from "../db.ts";
import { DecisiveClient } from "../decisive-client.ts";
import { log } from "../log.ts";
import { type QueueName, queueNames, queues } from "./queues.ts";

// One for the process, also where the bundler loads this module more than once.
const shared = globalThis as typeof globalThis & { countersignSender?: Promise<PgBoss> };

const day = 24 * 60 * 60;

/** Puts jobs into a queue in this transaction; they are worked at once, or not before the time given. */
export async function send(
  db: Transaction,
  queue: QueueName,
  data: readonly object[],
  { startAfter }: { startAfter?: Date } = {},
): Promise<void> {
  const jobs = data.map((one) => ({ data: one, ...(startAfter && { startAfter }) }));
  await sendJobs(db, queue, jobs);
}

type NewJob = { id?: string; data: object; startAfter?: Date; priority?: number };

/** The same for jobs that differ in when they are worked, or which go first: those with the higher priority. */
export async function sendJobs(db: Transaction, queue: QueueName, jobs: readonly NewJob[]): Promise<void> {
  if (jobs.length === 0) return;
  const boss = await sender();
  const executeSql = async (text: string, values: unknown[] = []) => ({ rows: await db.$queryRawUnsafe<unknown[]>(text, ...values) });
  await boss.insert(queue, [...jobs], { db: { executeSql } });
}

/** For a worker: also supervises, so that the jobs of a dead worker are taken over. Stop it with `boss.stop`. */
export async function startWorkerBoss(): Promise<PgBoss> {
  return start({ supervise: true, monitorIntervalSeconds: 5, superviseIntervalSeconds: 5, max: 6 });
}

export async function stopSender(): Promise<void> {
  const boss = await shared.countersignSender;
  delete shared.countersignSender;
  await boss?.stop({ graceful: false });
}

/** Connects what puts jobs into queues; the first `send` does it too, and waits for it. */
export function sender(): Promise<PgBoss> {
  shared.countersignSender ??= start({ supervise: false, max: 1, queueCacheIntervalSeconds: day }).catch((error: unknown) => {
    delete shared.countersignSender;
    throw error;
  });
  return shared.countersignSender;
}

// Its maintenance may take longer than what people wait for. The type does not know what goes on to the driver.
const patience = { query_timeout: 30_000, Client: DecisiveClient };

async function start(options: Partial<ConstructorOptions>): Promise<PgBoss> {
  const boss = new PgBoss({
    ...options,
    connectionString: env().DATABASE_URL,
    application_name: "countersign queue",
    connectionTimeoutMillis: 5_000,
    ...patience,
    // The tables come with the migrations, and the application's role may not change them.
    migrate: false,
    createSchema: false,
    reindex: false,
    monitorVacuum: false,
    schedule: false,
  });
  boss.on("error", (error) => log.error({ err: error }, "the queue has a problem"));
  await boss.start();
  const known = new Set((await boss.getQueues()).map(({ name }) => name));
  const missing = queueNames.filter((name) => !known.has(name));
  if (missing.length === 0) return boss;
  for (const name of missing) await boss.createQueue(name, queues[name]);
  // It remembers the queues that it found at its start.
  await boss.stop({ graceful: false });
  return start(options);
}

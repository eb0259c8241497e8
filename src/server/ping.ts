import { Pool } from "pg";
import { env } from "#env.ts";
import { connectionOptions } from "./connection-options.ts";
import { log } from "./log.ts";
import { gather } from "./ping-batches.ts";
import { pingStatement, plainPingsStatement } from "./ping-statement.ts";

export type PingKind = "success" | "start" | "fail";
export type PingAnswer =
  | { answer: "taken" | "paused" | "suspended" | "deactivated" | "unknown" }
  | { answer: "tooMany"; perMinute: number; retryAfterSeconds: number };

type Found = { answer: Exclude<PingAnswer["answer"], "unknown">; perMinute: number; retryAfterSeconds: number };

const keyForm = /^[0-9a-f]{64}$/;
const mostExplained = 4;

// Once for the process, also where the bundler loads this module more than once.
const shared = globalThis as typeof globalThis & { countersignPings?: ReturnType<typeof openPings> | undefined };

/**
 * Notes that a monitored job has run, begins or has failed, in one statement for all that come in together; telemetry that
 * belongs to no audit event. Only a ping about which there is something to say needs a second one. With the bare driver,
 * because this is what programs ask all day.
 */
export async function takePing(key: string, kind: PingKind = "success"): Promise<PingAnswer> {
  if (!keyForm.test(key)) return { answer: "unknown" };
  shared.countersignPings ??= openPings();
  const { notePlain, explained } = shared.countersignPings;
  if (await notePlain(key, kind)) return { answer: "taken" };
  const { rows } = await explained.query<Found>({ name: "ping", text: pingStatement, values: [key, kind] });
  const [found] = rows;
  if (!found) return { answer: "unknown" };
  return found.answer === "tooMany" ? { ...found, answer: "tooMany" } : { answer: found.answer };
}

export async function stopTakingPings(): Promise<void> {
  const { plain, explained } = shared.countersignPings ?? {};
  shared.countersignPings = undefined;
  await Promise.all([plain?.end(), explained?.end()]);
}

// One connection for all that are plain, which waits for nobody; another pool for pings that may have to wait for their monitor.
function openPings() {
  const [plain, explained] = [createPool(1), createPool(mostExplained)];
  const notePlain = gather<PingKind>(async (keys, kinds) => {
    const { rows } = await plain.query<[string]>({ name: "pings", text: plainPingsStatement, values: [keys, kinds], rowMode: "array" });
    return new Set(rows.map(([key]) => key));
  });
  return { plain, explained, notePlain };
}

function createPool(max: number): Pool {
  // PostgreSQL would plan anew for each number of keys, which takes longer than all the rest. And nobody waits for the disk.
  const options = "-c plan_cache_mode=force_generic_plan -c synchronous_commit=off";
  const pool = new Pool({ ...connectionOptions(env().DATABASE_URL), max, options });
  // Whoever asks next learns of it; without a listener the process would end.
  pool.on("error", (error) => log.warn({ err: error }, "an idle connection for pings was lost"));
  return pool;
}

import { env } from "#env.ts";
import { writer } from "../db.ts";
import { requireFirstDoor } from "../first-door-listener.ts";
import { sender } from "../jobs/boss.ts";
import { log } from "../log.ts";
import { openRequestScopes } from "../request-scope.ts";
import { forgetForgedAddresses } from "./forwarded-headers.ts";

const sixHours = 6 * 3_600_000;

/** What has to be done once in each process before the first request. A database that is down does not stop the start. */
export async function startUp(): Promise<void> {
  if (env().NODE_ENV === "production") requireFirstDoor();
  forgetForgedAddresses();
  openRequestScopes();
  await Promise.all([ensureAuditPartitions(), connectQueue()]);
  setInterval(ensureAuditPartitions, sixHours).unref();
  log.info({ url: env().APP_URL }, "started");
}

/** So that the first run with an effect does not wait for it. */
async function connectQueue(): Promise<void> {
  await sender().catch((error: unknown) => log.error({ err: error }, "the queue is not connected; the first effect tries again"));
}

/** Asked again and again: the database may be down at the start, and a process may run for months. */
async function ensureAuditPartitions(): Promise<void> {
  try {
    await writer().$queryRaw`SELECT ensure_audit_partitions()::text`;
  } catch (error) {
    log.error({ err: error }, "the audit's partitions could not be made sure of; readyz tells when the database answers");
  }
}

import { env } from "#env.ts";
import { writer } from "../db.ts";
import { log } from "../log.ts";
import { rememberResponses } from "../response-status.ts";
import { forgetForgedAddresses } from "./forwarded-headers.ts";

const sixHours = 6 * 3_600_000;

/** What has to be done once in each process before the first request. A database that is down does not stop the start. */
export async function startUp(): Promise<void> {
  forgetForgedAddresses();
  rememberResponses();
  await ensureAuditPartitions();
  setInterval(ensureAuditPartitions, sixHours).unref();
  log.info({ url: env().APP_URL }, "started");
}

/** Asked again and again: the database may be down at the start, and a process may run for months. */
async function ensureAuditPartitions(): Promise<void> {
  try {
    await writer().$queryRaw`SELECT ensure_audit_partitions()::text`;
  } catch (error) {
    log.error({ err: error }, "the audit's partitions could not be made sure of; readyz tells when the database answers");
  }
}

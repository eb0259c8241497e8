import { reader } from "./db.ts";
import { log } from "./log.ts";

/** Whether the database answers, so that requests may be sent here. */
export async function isReady(): Promise<boolean> {
  try {
    await reader().$queryRaw`SELECT 1`;
    return true;
  } catch (error) {
    log.warn({ err: error }, "not ready");
    return false;
  }
}

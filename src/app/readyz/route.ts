import { reader } from "#server/db.ts";
import { log } from "#server/log.ts";

export const dynamic = "force-dynamic";

/** The database answers. */
export async function GET(): Promise<Response> {
  try {
    await reader().$queryRaw`SELECT 1`;
    return new Response("ready\n");
  } catch (error) {
    log.warn({ err: error }, "not ready");
    return new Response("The database does not answer.\n", { status: 503 });
  }
}

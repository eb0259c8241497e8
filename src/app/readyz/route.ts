import { isReady } from "#server/readiness.ts";

export const dynamic = "force-dynamic";

export async function GET(): Promise<Response> {
  return (await isReady()) ? new Response("ready\n") : new Response("The database does not answer.\n", { status: 503 });
}

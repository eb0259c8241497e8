import { serveApi } from "#router/api/serve.ts";
import { arrange } from "./fixtures.ts";

type Json = Record<string, unknown>;
type Options = { key: string | null; body?: unknown; raw?: BodyInit; type?: string; idempotencyKey?: string };

/** A request of the REST API as a program makes it, and what it gets. */
export async function callApi(method: string, address: string, { key, body, raw, type = "application/json", idempotencyKey }: Options) {
  const url = new URL(`http://localhost:3000/api/v1${address}`);
  const content = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const request = new Request(url, {
    method,
    headers: {
      ...(key && { authorization: `Bearer ${key}` }),
      ...(content !== undefined && { "content-type": type }),
      ...(idempotencyKey !== undefined && { "idempotency-key": idempotencyKey }),
    },
    ...(content !== undefined && { body: content }),
  });
  const response = await serveApi(request, decodeURIComponent(url.pathname).split("/").slice(3));
  const text = await response.text();
  return { status: response.status, headers: response.headers, json: (text ? JSON.parse(text) : null) as Json & { data: Json[] } };
}

/** So that a test that makes many requests is not refused for it. */
export function allowRequests({ id: organizationId }: { id: string }, apiPerMinute = 10_000) {
  return arrange((db) =>
    db.limitOverride.upsert({
      where: { organizationId },
      create: { organizationId, apiPerMinute },
      update: { apiPerMinute },
      select: { id: true },
    }),
  );
}

export function monitorBody(name: string) {
  return { name, schedule: "interval", intervalMinutes: 60, graceMinutes: 5 };
}

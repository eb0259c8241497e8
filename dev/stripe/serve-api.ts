import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { setTimeout as wait } from "node:timers/promises";
import { type ApiAnswer, answerApi } from "./api.ts";
import { Failure } from "./failure.ts";
import type { Faults } from "./faults.ts";
import { newId, type Store } from "./store.ts";

const mostBytes = 1_000_000;

type Options = { store: Store; faults: Faults; secretKey: string };

/** Answers as Stripe's API would, or as it does on a bad day. */
export function createApi({ store, faults, secretKey }: Options) {
  const inUse = new Set<string>();

  return async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(`http://localhost${request.url ?? "/"}`);
    const method = request.method ?? "GET";
    const path = url.pathname;
    if (Number(request.headers["content-length"] ?? 0) > mostBytes)
      return send(response, refusal(413, "invalid_request_error", "This request is too large."));
    const body = method === "GET" ? "" : await text(request);
    const given = { method, path, text: body || url.search.slice(1), idempotencyKey: header(request, "idempotency-key") };
    const fault = faults.take(given);
    if (fault.mode === "down") return void request.socket.destroy();
    if (!isAuthorized(request, secretKey)) return send(response, refusal(401, "invalid_request_error", "Invalid API Key provided."));
    if (fault.mode === "rateLimited") return send(response, refusal(429, "rate_limit_error", "Too many requests."));
    if (fault.mode === "errorBefore") return send(response, refusal(500, "api_error", "Something went wrong on Stripe's end."));
    const key = method === "POST" ? given.idempotencyKey : undefined;
    if (key !== undefined && inUse.has(key)) return send(response, keyInUse(key));
    if (key !== undefined) inUse.add(key);
    try {
      if (fault.mode === "slow") await wait(fault.milliseconds ?? 2_000);
      const breakdown = fault.mode === "errorStored" ? "withoutEffect" : fault.mode === "errorAfterEffect" ? "afterEffect" : undefined;
      const answer = answerApi(store, given, breakdown);
      if (fault.mode === "lost") return void request.socket.destroy();
      send(response, answer);
    } finally {
      if (key !== undefined) inUse.delete(key);
    }
  };
}

function keyInUse(key: string): ApiAnswer {
  const message = `There is currently another in-progress request using this Idempotent Key: ${key}. Please try again later.`;
  const { status, body } = new Failure(409, "invalid_request_error", message, { code: "idempotency_key_in_use" });
  return { status, body };
}

function refusal(status: number, type: "invalid_request_error" | "rate_limit_error" | "api_error", message: string): ApiAnswer {
  return { status, body: new Failure(status, type, message).body };
}

function isAuthorized({ headers }: IncomingMessage, secretKey: string): boolean {
  const { authorization = "" } = headers;
  if (authorization === `Bearer ${secretKey}`) return true;
  return authorization === `Basic ${Buffer.from(`${secretKey}:`).toString("base64")}`;
}

function header({ headers }: IncomingMessage, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}

function send(response: ServerResponse, { status, body, replayed }: ApiAnswer): void {
  response.writeHead(status, {
    "content-type": "application/json",
    "cache-control": "no-cache, no-store",
    "request-id": newId("req"),
    ...(replayed && { "idempotent-replayed": "true" }),
    ...(status === 429 && { "retry-after": "1" }),
  });
  response.end(`${JSON.stringify(body)}\n`);
}

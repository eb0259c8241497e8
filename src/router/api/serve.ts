import type { z } from "zod";
import { type Caller, findServiceActor } from "#server/auth/find-service-actor.ts";
import { requestInfo } from "#server/auth/request-info.ts";
import { recordEvent } from "#server/db.ts";
import { AppError } from "#server/errors.ts";
import { log } from "#server/log.ts";
import { requireNoMaintenance } from "#server/maintenance.ts";
import { AnsweredBefore } from "#server/repeated-request.ts";
import { isFault, retryAfter } from "#server/retry-after.ts";
import { toAppError } from "#server/to-app-error.ts";
import { procedureContext } from "../procedure-context.ts";
import type { ApiContext, Endpoint, Repeatable } from "./endpoint.ts";
import { endpoints } from "./endpoints.ts";
import { readJson } from "./read-json.ts";

const idForm = /^\w{1,64}$/;
const idempotencyKeyForm = /^[!-~]{1,255}$/;

type Path = readonly string[];

/** Answers one request of the REST API: by whose key, whether it may, then what. Everything it answers is JSON. */
export async function serveApi(request: Request, path: Path): Promise<Response> {
  const info = requestInfo(request.headers);
  const headers: Record<string, string> = { "cache-control": "no-store" };
  try {
    await requireNoMaintenance();
    const caller = await findServiceActor(request.headers);
    Object.assign(headers, allowanceHeaders(caller));
    if (caller.allowance.remaining < 0) {
      headers["retry-after"] = String(caller.allowance.resetSeconds);
      throw new AppError("TOO_MANY_REQUESTS", {
        userMessage: `At most ${caller.allowance.limit} requests in a minute. Try again in ${caller.allowance.resetSeconds} seconds.`,
      });
    }
    const { endpoint, id } = findEndpoint(request.method, path, headers);
    const context = { ...info, actor: caller.actor, onBehalfOf: null, impersonation: null };
    await requireScope(endpoint, context);
    return await answer(request, { endpoint, id, headers, context: procedureContext(context) as ApiContext });
  } catch (thrown) {
    const error = toAppError(thrown);
    if (isFault(error)) log.error({ err: error, requestId: info.requestId, path: path.join("/") }, error.message);
    if (error.code === "UNAUTHENTICATED") headers["www-authenticate"] = "Bearer";
    return Response.json(errorBody(error, info.requestId), { status: statusOf(error), headers: { ...headers, ...retryAfter(error) } });
  }
}

type Found = { endpoint: Endpoint; id: string; headers: Record<string, string>; context: ApiContext };

async function answer(request: Request, { endpoint, id, headers, context }: Found): Promise<Response> {
  const query = endpoint.query && parse(endpoint.query, Object.fromEntries(new URL(request.url).searchParams));
  const sent = endpoint.body && (await readJson(request));
  const body = endpoint.body && parse(endpoint.body, sent);
  const repeatable = findRepeatable(request, sent);
  try {
    const result = await endpoint.handle({ context, id, query: query as never, body: body as never, repeatable });
    return endpoint.status === 204
      ? new Response(null, { status: 204, headers })
      : Response.json(result, { status: endpoint.status, headers });
  } catch (thrown) {
    if (!(thrown instanceof AnsweredBefore)) throw thrown;
    return Response.json(thrown.kept.answer, { status: thrown.kept.status, headers: { ...headers, "idempotent-replayed": "true" } });
  }
}

/** What was sent, and the key under which the program may send it again. */
function findRepeatable({ method, url, headers }: Request, sent: unknown): Repeatable | null {
  const key = headers.get("idempotency-key");
  if (method !== "POST" || key === null) return null;
  if (!idempotencyKeyForm.test(key))
    throw new AppError("BAD_REQUEST", { userMessage: "An Idempotency-Key has 1 to 255 characters: letters, digits and punctuation." });
  return { key, request: { path: new URL(url).pathname, body: sent ?? null } };
}

function findEndpoint(method: string, path: Path, headers: Record<string, string>): { endpoint: Endpoint; id: string } {
  const here = endpoints.filter((endpoint) => matches(endpoint, path));
  const id = path[1];
  if (here.length === 0 || (id !== undefined && !idForm.test(id)))
    throw new AppError("NOT_FOUND", { userMessage: "There is nothing at this address." });
  const endpoint = here.find((one) => one.method === (method === "HEAD" ? "GET" : method));
  if (endpoint) return { endpoint, id: id ?? "" };
  headers.allow = here.map((one) => one.method).join(", ");
  throw new AppError("METHOD_NOT_ALLOWED");
}

function matches(endpoint: Endpoint, path: Path): boolean {
  const parts = endpoint.path.slice(1).split("/");
  return parts.length === path.length && parts.every((part, index) => part === "{id}" || part === path[index]);
}

/** Refusals of a key are events like those of a person. */
async function requireScope({ scope, title }: Endpoint, context: Omit<ApiContext, "ability">): Promise<void> {
  if (context.actor.scopes.includes(scope)) return;
  const metadata = { code: "FORBIDDEN", scope };
  const { organizationId } = context.actor;
  await recordEvent({ context, operation: "api.refuse", outcome: "denied", summary: `API: ${title}`, organizationId, metadata });
  throw new AppError("FORBIDDEN", { userMessage: `This API key does not have the scope ${scope}.` });
}

function parse<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues
    .slice(0, 20)
    .map((issue): [string, string] => [issue.path.join(".") || "body", issue.message.slice(0, 300)]);
  throw new AppError("INVALID_INPUT", { details: { fields: Object.fromEntries(fields.reverse()) } });
}

function allowanceHeaders({ allowance: { limit, remaining, resetSeconds } }: Caller): Record<string, string> {
  return {
    "ratelimit-limit": String(limit),
    "ratelimit-remaining": String(Math.max(0, remaining)),
    "ratelimit-reset": String(resetSeconds),
  };
}

function errorBody({ code, userMessage, details }: AppError, requestId: string) {
  const fields = Object.entries(details.fields ?? {}).map(([field, message]) => [field.replace(/^input\./, ""), message]);
  return { error: { code, message: userMessage, requestId, ...(fields.length > 0 && { fields: Object.fromEntries(fields) }) } };
}

/** Well-formed, and yet not something that can be done: programs tell the two apart by the status. */
function statusOf(error: AppError): number {
  return error.code === "INVALID_INPUT" ? 422 : error.status;
}

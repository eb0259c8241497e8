import type { AnyTRPCRouter } from "@trpc/server";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import type { Context } from "#server/actor.ts";
import { originOf } from "#server/auth/hosts.ts";
import { AppError, errorCodes } from "#server/errors.ts";
import { retryAfter } from "#server/retry-after.ts";
import { getSetting } from "#server/settings.ts";
import { toAppError } from "#server/to-app-error.ts";
import { procedureContext } from "./procedure-context.ts";

// No proxy keeps an answer that was somebody's.
const personal = { "cache-control": "no-store" };

/** Where a router is asked, and who asks there. */
export type TrpcEndpoint = { endpoint: string; router: AnyTRPCRouter; contextOf: (headers: Headers) => Promise<Context> };

/** A tRPC endpoint behind its guards: no other site, JSON only, bounded size, bounded batches. */
export async function serveTrpc({ request, endpoint, router, contextOf }: TrpcEndpoint & { request: Request }): Promise<Response> {
  try {
    refuseForeignRequests(request);
    await refuseLargeBodies(request);
    const context = procedureContext(await contextOf(request.headers));
    return await fetchRequestHandler({
      req: request,
      endpoint,
      router,
      createContext: () => context,
      allowBatching: true,
      maxBatchSize: 10,
      responseMeta: ({ errors }) => {
        const refusals = errors.flatMap(({ cause }) => (cause instanceof AppError ? [cause] : []));
        return { headers: Object.assign({}, personal, ...refusals.map(retryAfter)) as Record<string, string> };
      },
    });
  } catch (thrown) {
    const error = toAppError(thrown);
    return Response.json(
      { error: { message: error.userMessage, code: errorCodes[error.code].trpc, data: { code: error.code, httpStatus: error.status } } },
      { status: error.status, headers: { ...personal, ...retryAfter(error) } },
    );
  }
}

/** Browsers say where a request comes from; programs that do not say carry no cookies by accident. */
export function refuseForeignRequests(request: Request): void {
  const origin = request.headers.get("origin");
  const site = request.headers.get("sec-fetch-site");
  if (origin !== null && origin !== originOf(new URL(request.url).pathname))
    throw new AppError("FORBIDDEN", { userMessage: "This request comes from another site." });
  if (site !== null && site !== "same-origin" && site !== "none")
    throw new AppError("FORBIDDEN", { userMessage: "This request comes from another site." });
  if (request.method === "POST" && !/^application\/json(;|$)/i.test(request.headers.get("content-type") ?? ""))
    throw new AppError("UNSUPPORTED_MEDIA_TYPE");
}

async function refuseLargeBodies(request: Request): Promise<void> {
  if (Number(request.headers.get("content-length") ?? 0) > (await getSetting("maximumUploadBytes"))) throw new AppError("TOO_LARGE");
  if (request.headers.has("transfer-encoding")) throw new AppError("BAD_REQUEST", { userMessage: "Send the length of the body." });
}

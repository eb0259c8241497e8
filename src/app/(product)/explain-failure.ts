import { TRPCError } from "@trpc/server";
import { headers } from "next/headers";
import { closureSentences } from "#domain/closures.ts";
import { requestInfo } from "#server/auth/request-info.ts";
import { AppError, type ErrorCode } from "#server/errors.ts";
import { log } from "#server/log.ts";
import { setResponseHeader, setResponseStatus } from "#server/response-status.ts";
import { isFault, retryAfter } from "#server/retry-after.ts";
import { toAppError } from "#server/to-app-error.ts";
import { getProduct } from "./product.ts";

export type Explained = { title: string; message: string; requestId: string | null };

const titles: Partial<Record<ErrorCode, string>> = {
  NOT_FOUND: "Not found",
  FORBIDDEN: "Not for you",
  UNAVAILABLE: "Not available right now",
  OUTCOME_UNKNOWN: "Maybe done, maybe not",
  MAINTENANCE: "Under maintenance",
};

/** Why a page cannot be shown, for its reader, with the answer's status; or that they have to sign in. */
export async function explainFailure(thrown: unknown): Promise<Explained | "signIn"> {
  const error = appErrorOf(thrown);
  if (error.code === "UNAUTHENTICATED") return "signIn";
  setResponseStatus(error.status);
  for (const [name, value] of Object.entries(retryAfter(error))) setResponseHeader(name, value);
  const { requestId } = requestInfo(new Headers(await headers()));
  // Procedures have logged their own.
  if (isFault(error) && !(thrown instanceof TRPCError)) log.error({ err: error, requestId }, error.message);
  const closed = error.status < 500 && error.code !== "SUSPENDED" ? (await getProduct()).context.closedOrganizations : [];
  return {
    title: titles[error.code] ?? "This page cannot be shown",
    message: closed.length > 0 ? `${error.userMessage} ${closureSentences(closed)}` : error.userMessage,
    requestId: isFault(error) ? requestId : null,
  };
}

/** Procedures wrap what they throw. */
export function appErrorOf(thrown: unknown): AppError {
  return thrown instanceof TRPCError && thrown.cause instanceof AppError ? thrown.cause : toAppError(thrown);
}

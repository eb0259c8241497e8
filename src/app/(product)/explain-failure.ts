import { TRPCError } from "@trpc/server";
import { headers } from "next/headers";
import { requestInfo } from "#server/auth/request-info.ts";
import { suspensionSentence } from "#server/auth/suspension.ts";
import { AppError, type ErrorCode } from "#server/errors.ts";
import { log } from "#server/log.ts";
import { setResponseStatus } from "#server/response-status.ts";
import { toAppError } from "#server/to-app-error.ts";
import { getProduct } from "./product.ts";

export type Explained = { title: string; message: string; requestId: string | null };

const titles: Partial<Record<ErrorCode, string>> = {
  NOT_FOUND: "Not found",
  FORBIDDEN: "Not for you",
  UNAVAILABLE: "Not available right now",
};

/** Why a page cannot be shown, for its reader, with the answer's status; or that they have to sign in. */
export async function explainFailure(thrown: unknown): Promise<Explained | "signIn"> {
  const error = thrown instanceof TRPCError && thrown.cause instanceof AppError ? thrown.cause : toAppError(thrown);
  if (error.code === "UNAUTHENTICATED") return "signIn";
  setResponseStatus(error.status);
  const { requestId } = requestInfo(new Headers(await headers()));
  // Procedures have logged their own.
  if (error.status >= 500 && !(thrown instanceof TRPCError)) log.error({ err: error, requestId }, error.message);
  const suspended = error.status < 500 ? (await getProduct()).context.suspendedOrganizations : [];
  return {
    title: titles[error.code] ?? "This page cannot be shown",
    message: suspended.length > 0 ? `${error.userMessage} ${suspensionSentence(suspended)}` : error.userMessage,
    requestId: error.status >= 500 ? requestId : null,
  };
}

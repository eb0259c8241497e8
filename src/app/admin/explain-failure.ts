import { TRPCError } from "@trpc/server";
import { headers } from "next/headers";
import { requestInfo } from "#server/auth/request-info.ts";
import { AppError } from "#server/errors.ts";
import { log } from "#server/log.ts";
import { toAppError } from "#server/to-app-error.ts";

/** What a page or form ran into, and the id under which the log and the audit know the request. */
export async function explainFailure(thrown: unknown): Promise<{ error: AppError; requestId: string }> {
  const error = appErrorOf(thrown);
  const { requestId } = requestInfo(new Headers(await headers()));
  // Procedures have logged their own.
  if (error.status >= 500 && !(thrown instanceof TRPCError)) log.error({ err: error, requestId }, error.message);
  return { error, requestId };
}

/** Procedures wrap what they throw. */
export function appErrorOf(thrown: unknown): AppError {
  return thrown instanceof TRPCError && thrown.cause instanceof AppError ? thrown.cause : toAppError(thrown);
}

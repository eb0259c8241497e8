import type { EventInput } from "./audit/event.ts";
import { recordEvent } from "./db.ts";
import type { AppError } from "./errors.ts";
import { log } from "./log.ts";

const denials = new Set(["FORBIDDEN", "OVER_LIMIT", "IMPERSONATION_REFUSED", "NOT_FOUND", "SUSPENDED", "MAINTENANCE"]);
const mistakes = new Set([
  "INVALID_INPUT",
  "BAD_REQUEST",
  "CONFIRMATION_REQUIRED",
  "FRESH_SIGN_IN_REQUIRED",
  "TOO_MANY_REQUESTS",
  "IDEMPOTENCY_KEY_IN_USE",
  "IDEMPOTENCY_KEY_REUSED",
]);

/** A person's typing mistakes are not recorded; every refusal and every failure is, in a transaction of its own. */
export async function recordRefusal(event: EventInput, error: AppError): Promise<void> {
  if (mistakes.has(error.code)) return;
  // The run's own event is there if it was done after all, and beside it this one would be wrong.
  if (error.code === "OUTCOME_UNKNOWN")
    return log.error({ err: error, operation: event.operation, requestId: event.context.requestId }, "the answer to a commit was lost");
  const outcome = denials.has(error.code) ? "denied" : "failed";
  try {
    await recordEvent({ ...event, outcome, metadata: { code: error.code, message: error.userMessage } });
  } catch (unrecorded) {
    log.error({ err: unrecorded, operation: event.operation, requestId: event.context.requestId }, "a refusal could not be recorded");
  }
}

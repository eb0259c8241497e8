import { AppError } from "./errors.ts";
import { isConfinedToReading } from "./request-scope.ts";

const unavailable = new Set(["P1000", "P1001", "P1002", "P1008", "P1017", "P2024", "P2028", "P2037"]);
const conflicts: Record<string, string> = {
  P2002: "Another record already has this value.",
  P2003: "This refers to something that no longer exists.",
  P2025: "This no longer exists.",
  P2034: "Somebody else changed the same thing at the same moment. Try again.",
};
const lockTimeout = "55P03";
const checkViolation = "23514";
const foreignKeyViolation = "23503";
/** Rules that the database keeps by a trigger, whose message is made for people. */
const rules = ["No more is refunded than was paid, in the currency that it was paid in."];
/** A value that a column or a cast cannot take: the sender's, whatever let it through. */
const badValue = /^22/;
/** A statement that changes something, from the role that may not or in a read-only transaction. */
const writeRefused = new Set(["42501", "25006"]);
const statementTimeout = "57014";
// The last two: PostgreSQL ended the session because its transaction stood still.
const unavailableSql = /^(08|53|57|25P03|25P04)/;
const lost = new Set(
  "DatabaseNotReachable ConnectionClosed SocketTimeout TlsConnectionError ECONNRESET EPIPE ETIMEDOUT EHOSTUNREACH ENETUNREACH EAI_AGAIN".split(
    " ",
  ),
);
const transactionExpired = "P2028";
const neverSent = /is not queryable/;

/** What any failure means to a person: database outages and collisions by name, the rest as INTERNAL with its cause. */
export function toAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  const code = errorCode(thrown);
  const sqlState = sqlStateOf(thrown);
  if (sqlState === statementTimeout) return new AppError("TOO_SLOW", { cause: thrown });
  if (sqlState === lockTimeout)
    return new AppError("CONFLICT", { userMessage: "Somebody else is changing the same thing right now. Try again.", cause: thrown });
  if (writeRefused.has(sqlState) && isConfinedToReading()) return new AppError("IMPERSONATION_REFUSED", { cause: thrown });
  if (badValue.test(sqlState)) return new AppError("BAD_REQUEST", { cause: thrown });
  const rule = sqlState === checkViolation ? rules.find((sentence) => saysSo(thrown, sentence)) : undefined;
  if (rule) return new AppError("CONFLICT", { userMessage: rule, cause: thrown });
  if (unavailable.has(code) || unavailableSql.test(sqlState) || isConnectionFailure(thrown))
    return new AppError("UNAVAILABLE", { cause: thrown });
  if (sqlState === "40001" || sqlState === "40P01") return new AppError("CONFLICT", { userMessage: conflicts.P2034, cause: thrown });
  if (sqlState === foreignKeyViolation) return new AppError("CONFLICT", { userMessage: conflicts.P2003, cause: thrown });
  if (conflicts[code]) return new AppError("CONFLICT", { userMessage: conflicts[code], cause: thrown });
  return new AppError("INTERNAL", { message: thrown instanceof Error ? thrown.message : String(thrown), cause: thrown });
}

/** Whether what was asked last may have been done all the same: it was sent, and the connection was lost before an answer. */
export function isAnswerLost(thrown: unknown): boolean {
  if (errorCode(thrown) === transactionExpired || (thrown instanceof Error && neverSent.test(thrown.message))) return false;
  return toAppError(thrown).code === "UNAVAILABLE";
}

function errorCode(thrown: unknown): string {
  return typeof thrown === "object" && thrown !== null && "code" in thrown ? String(thrown.code) : "";
}

function saysSo(thrown: unknown, sentence: string): boolean {
  const { message, cause } = thrown as { message?: unknown; cause?: unknown };
  return String(message).includes(sentence) || (cause instanceof Error && saysSo(cause, sentence));
}

/** PostgreSQL's own code, wherever the driver or its adapter put it. */
function sqlStateOf(thrown: unknown): string {
  for (const { originalCode, severity, code } of causesOf(thrown)) {
    if (typeof originalCode === "string") return originalCode;
    if (typeof severity === "string" && typeof code === "string") return code;
  }
  return "";
}

/** What was thrown, and what the driver or its adapter wrapped in it. */
function* causesOf(thrown: unknown): Generator<Record<string, unknown>> {
  let current: unknown = thrown;
  for (let depth = 0; depth < 6 && typeof current === "object" && current !== null; depth += 1) {
    const record = current as Record<string, unknown>;
    yield record;
    current = record.meta ?? record.driverAdapterError ?? record.cause;
  }
}

function isConnectionFailure(thrown: unknown): boolean {
  // A raw query's failure says it in words of its own; what its adapter or the system said is inside.
  for (const { kind, code } of causesOf(thrown)) if (lost.has(String(kind)) || lost.has(String(code))) return true;
  const text = thrown instanceof Error ? `${thrown.name} ${thrown.message}` : "";
  return /ECONNREFUSED|ECONNRESET|ENOTFOUND|timeout exceeded when trying to connect|Can't reach database|Connection terminated|DatabaseNotReachable|SocketTimeout|ConnectionClosed|Query read timeout|is not queryable/.test(
    text,
  );
}

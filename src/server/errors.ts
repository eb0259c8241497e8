/** Every way in which a request can fail, with its HTTP status and tRPC's word for it. */
export const errorCodes = {
  BAD_REQUEST: { status: 400, trpc: "BAD_REQUEST", message: "This request is not valid." },
  INVALID_INPUT: { status: 400, trpc: "BAD_REQUEST", message: "Some of what you entered is not valid." },
  CONFIRMATION_REQUIRED: { status: 400, trpc: "BAD_REQUEST", message: "This needs your confirmation." },
  UNAUTHENTICATED: { status: 401, trpc: "UNAUTHORIZED", message: "Sign in first." },
  FRESH_SIGN_IN_REQUIRED: { status: 401, trpc: "UNAUTHORIZED", message: "Sign in again to confirm that it is you." },
  FORBIDDEN: { status: 403, trpc: "FORBIDDEN", message: "You may not do this." },
  OVER_LIMIT: { status: 403, trpc: "FORBIDDEN", message: "This is above your limit." },
  IMPERSONATION_REFUSED: { status: 403, trpc: "FORBIDDEN", message: "This is not possible while viewing as a customer." },
  SUSPENDED: { status: 403, trpc: "FORBIDDEN", message: "This organization is suspended." },
  MAINTENANCE: { status: 503, trpc: "SERVICE_UNAVAILABLE", message: "Countersign is under maintenance." },
  NOT_FOUND: { status: 404, trpc: "NOT_FOUND", message: "There is no such thing, or it is not within your reach." },
  METHOD_NOT_ALLOWED: { status: 405, trpc: "METHOD_NOT_SUPPORTED", message: "This address does not take this method." },
  CONFLICT: { status: 409, trpc: "CONFLICT", message: "This cannot be done in the current state." },
  STALE_PREVIEW: { status: 409, trpc: "CONFLICT", message: "Something changed since the preview. Nothing was done." },
  IDEMPOTENCY_KEY_IN_USE: {
    status: 409,
    trpc: "CONFLICT",
    message: "The first request with this idempotency key is still running. Ask again in a moment.",
  },
  IDEMPOTENCY_KEY_REUSED: {
    status: 422,
    trpc: "UNPROCESSABLE_CONTENT",
    message: "This idempotency key came with another request within the last 24 hours. Use a new key for a new request.",
  },
  EXPIRED: { status: 410, trpc: "PRECONDITION_FAILED", message: "This has expired." },
  TOO_LARGE: { status: 413, trpc: "PAYLOAD_TOO_LARGE", message: "This request is too large." },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, trpc: "UNSUPPORTED_MEDIA_TYPE", message: "Send application/json." },
  TOO_SLOW: {
    status: 408,
    trpc: "TIMEOUT",
    message: "This took too long and was stopped. Nothing was changed. Narrow it down and try again.",
  },
  TOO_MANY_REQUESTS: { status: 429, trpc: "TOO_MANY_REQUESTS", message: "Too many attempts. Wait a moment." },
  UNAVAILABLE: {
    status: 503,
    trpc: "SERVICE_UNAVAILABLE",
    message: "The database cannot be reached. Nothing was changed; try again in a moment.",
  },
  OUTCOME_UNKNOWN: {
    status: 503,
    trpc: "SERVICE_UNAVAILABLE",
    message: "The database went away while this was being saved, so it is not known whether it was done. Look before you do it again.",
  },
  INTERNAL: { status: 500, trpc: "INTERNAL_SERVER_ERROR", message: "Something went wrong on our side." },
} as const satisfies Record<string, { status: number; trpc: string; message: string }>;

export type ErrorCode = keyof typeof errorCodes;

/** Field → what is wrong with it, in words. */
export type FieldErrors = Record<string, string>;

/** An expected failure. `userMessage` is for the person; `message` is for the log; `details` is for a program. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly userMessage: string;
  readonly details: { fields?: FieldErrors; proposalId?: string };

  constructor(code: ErrorCode, options: { message?: string; userMessage?: string; cause?: unknown; details?: AppError["details"] } = {}) {
    const userMessage = options.userMessage ?? errorCodes[code].message;
    super(options.message ?? userMessage, { cause: options.cause });
    this.name = "AppError";
    this.code = code;
    this.userMessage = userMessage;
    this.details = options.details ?? {};
  }

  get status(): number {
    return errorCodes[this.code].status;
  }
}

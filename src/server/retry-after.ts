import type { AppError } from "./errors.ts";

const seconds = "120";

/** Headers of an answer that refuses for a while only: when to come back. */
export function retryAfter({ code }: AppError): Record<string, string> {
  return code === "MAINTENANCE" ? { "retry-after": seconds } : {};
}

/** Something is wrong on our side, and has to be looked into; maintenance is meant. */
export function isFault({ code, status }: AppError): boolean {
  return status >= 500 && code !== "MAINTENANCE";
}

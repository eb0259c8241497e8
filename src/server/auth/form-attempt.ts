import { cookieOptions, findCookie } from "./cookies.ts";

/** What a form shows again after a refusal: a cookie of two minutes for its page alone, so that nothing typed enters a URL or a log. */
export type FormAttempt = { values: Record<string, string>; problem: string | null; fields: Record<string, string> };

const name = "countersign.form-attempt";
const longestValue = 600;

export function formAttemptCookie(path: string, { values, problem, fields }: FormAttempt) {
  const shortened = { values: shorten(values), problem, fields: shorten(fields) };
  const value = Buffer.from(JSON.stringify(shortened)).toString("base64url");
  return { name, value, options: { ...cookieOptions(path), maxAge: 120 } };
}

/** The attempt that was just made on this page, or null. */
export function findFormAttempt(headers: Headers): FormAttempt | null {
  try {
    const attempt: unknown = JSON.parse(Buffer.from(findCookie(headers, name) ?? "", "base64url").toString());
    return isAttempt(attempt) ? attempt : null;
  } catch {
    return null;
  }
}

// A browser keeps 4 KB in a cookie.
function shorten(texts: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, text.slice(0, longestValue).toWellFormed()]));
}

function isAttempt(value: unknown): value is FormAttempt {
  const { values, problem, fields } = (value ?? {}) as Record<string, unknown>;
  return isTexts(values) && isTexts(fields) && (problem === null || typeof problem === "string");
}

function isTexts(value: unknown): value is Record<string, string> {
  return typeof value === "object" && value !== null && Object.values(value).every((text) => typeof text === "string");
}

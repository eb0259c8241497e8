import { cookieOptions, findCookie } from "./cookies.ts";

/** What the sign-in form shows again after a refusal: a cookie of a minute, so that the address enters no URL and no log. */
export type SignInAttempt = { email: string; problem: string };

const name = "countersign.sign-in-attempt";

export function signInAttemptCookie(attempt: SignInAttempt) {
  const value = Buffer.from(JSON.stringify({ ...attempt, email: attempt.email.slice(0, 254) })).toString("base64url");
  return { name, value, options: { ...cookieOptions("/sign-in"), maxAge: 60 } };
}

/** The attempt that was just refused, or null. */
export function findSignInAttempt(headers: Headers): SignInAttempt | null {
  try {
    const attempt: unknown = JSON.parse(Buffer.from(findCookie(headers, name) ?? "", "base64url").toString());
    return isAttempt(attempt) ? attempt : null;
  } catch {
    return null;
  }
}

function isAttempt(value: unknown): value is SignInAttempt {
  const { email, problem } = (value ?? {}) as Record<string, unknown>;
  return typeof email === "string" && typeof problem === "string";
}

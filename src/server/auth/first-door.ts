import { type Asked, findRefusal, type Refusal } from "./gateway.ts";
import { contentSecurityPolicy, securityHeaders } from "./security-headers.ts";

/** What the door adds to the request and to its answer, and what it answers itself where it lets nobody through. */
type Passage = { requestHeaders: Record<string, string>; answerHeaders: Record<string, string>; refusal: Refusal | null };

/** The first door of every request: request id, security headers, staff area only with the staff cookie. Never the only lock. */
export function passFirstDoor(asked: Asked): Passage {
  // Next takes the nonce for its scripts from the policy among the request's headers.
  const own = {
    "x-request-id": crypto.randomUUID(),
    "content-security-policy": contentSecurityPolicy({ nonce: crypto.randomUUID(), pathname: asked.pathname }),
  };
  return { requestHeaders: own, answerHeaders: { ...securityHeaders(asked.pathname), ...own }, refusal: findRefusal(asked) };
}

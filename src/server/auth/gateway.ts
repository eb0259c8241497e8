import { sessionCookies } from "./cookie-names.ts";
import { isAt, servesHere } from "./hosts.ts";

export type Asked = { pathname: string; search: string; host: string | null; cookies: string };
export type Refusal = { status: number; headers: Record<string, string>; body: string };

const open = ["/admin/sign-in", "/admin/api/auth"];
const staffCookie = new RegExp(`(?:^|;) *(?:__Secure-)?${sessionCookies.staff.replaceAll(".", "\\.")}=`);

/** What to answer instead of letting a request on; null where it may pass. */
export function findRefusal({ pathname, search, host, cookies }: Asked): Refusal | null {
  const path = decoded(pathname);
  // Next answers it with a failure of its own.
  if (path === null) return inWords(400, "This address is not valid.");
  if (!servesHere({ path, host })) return inWords(404, "There is no page at this address.");
  if (mayPass(path, cookies)) return null;
  return isAt(path, "/admin/api") ? signInFirst() : toSignIn(pathname + search);
}

/** Into the staff area only with a staff cookie, whatever that is worth. */
function mayPass(path: string, cookies: string): boolean {
  return !isAt(path, "/admin") || open.some((root) => isAt(path, root)) || staffCookie.test(cookies);
}

function inWords(status: number, sentence: string): Refusal {
  return { status, headers: { "content-type": "text/plain; charset=utf-8" }, body: `${sentence}\n` };
}

/** Programs get a status instead of a page. */
function signInFirst(): Refusal {
  const data = { code: "UNAUTHENTICATED", httpStatus: 401 };
  const body = JSON.stringify({ error: { message: "Sign in first.", code: "UNAUTHORIZED", data } });
  return { status: 401, headers: { "content-type": "application/json" }, body };
}

/** To the sign-in and back; this is the staff area's host, or there is only one. */
function toSignIn(next: string): Refusal {
  return { status: 303, headers: { location: `/admin/sign-in?${new URLSearchParams({ next })}` }, body: "" };
}

function decoded(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}

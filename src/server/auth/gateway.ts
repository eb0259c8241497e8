import { type NextRequest, NextResponse } from "next/server";
import { sessionCookies } from "./cookie-names.ts";
import { hostAsked, isAt, originOf, servesHere } from "./hosts.ts";

const staffCookies = [sessionCookies.staff, `__Secure-${sessionCookies.staff}`];
const open = ["/admin/sign-in", "/admin/api/auth"];

/** Whether the address can be decoded; one that cannot, Next answers with a failure of its own. */
export function isReadable({ nextUrl }: NextRequest): boolean {
  return decoded(nextUrl.pathname) !== null;
}

export function unreadable(): NextResponse {
  return new NextResponse("This address is not valid.\n", { status: 400, headers: { "content-type": "text/plain; charset=utf-8" } });
}

/** Whether this host answers for this path: the staff area may have one of its own. */
export function isServedHere({ nextUrl, headers }: NextRequest): boolean {
  return servesHere({ path: decoded(nextUrl.pathname) ?? nextUrl.pathname, host: hostAsked(headers) });
}

export function absent(): NextResponse {
  return new NextResponse("There is no page at this address.\n", { status: 404, headers: { "content-type": "text/plain; charset=utf-8" } });
}

/** Whether to let a request on: into the staff area only with a staff cookie, whatever that is worth. */
export function mayPass({ nextUrl, cookies }: NextRequest): boolean {
  const path = decoded(nextUrl.pathname) ?? nextUrl.pathname;
  return !isAt(path, "/admin") || open.some((root) => isAt(path, root)) || staffCookies.some((name) => cookies.has(name));
}

/** To the sign-in and back; programs get a status instead of a page. */
export function refusal({ nextUrl }: NextRequest): NextResponse {
  if (isAt(decoded(nextUrl.pathname) ?? nextUrl.pathname, "/admin/api")) {
    const data = { code: "UNAUTHENTICATED", httpStatus: 401 };
    return NextResponse.json({ error: { message: "Sign in first.", code: "UNAUTHORIZED", data } }, { status: 401 });
  }
  const target = new URL("/admin/sign-in", originOf("/admin"));
  target.searchParams.set("next", `${nextUrl.pathname}${nextUrl.search}`);
  return NextResponse.redirect(target, 303);
}

function decoded(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}

import { originOf } from "./hosts.ts";

/** The answer to a request that another site caused, or null. A program that says no origin carries no cookies by accident. */
export function refuseCrossSite(request: Request): Response | null {
  const origin = request.headers.get("origin");
  const site = request.headers.get("sec-fetch-site");
  const own = originOf(new URL(request.url).pathname);
  const foreignOrigin = origin !== null && origin !== own;
  const foreignSite = site !== null && site !== "same-origin" && site !== "none";
  if (!foreignOrigin && !foreignSite) return null;
  return new Response(`This form was sent from another site. Open ${own} and try again.\n`, {
    status: 403,
    headers: { "content-type": "text/plain; charset=utf-8" },
  });
}

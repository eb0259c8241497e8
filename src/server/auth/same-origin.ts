import { env } from "#env.ts";

/** The answer to a request that another site caused, or null. A program that says no origin carries no cookies by accident. */
export function refuseCrossSite(request: Request): Response | null {
  const origin = request.headers.get("origin");
  const site = request.headers.get("sec-fetch-site");
  const foreignOrigin = origin !== null && origin !== new URL(env().APP_URL).origin;
  const foreignSite = site !== null && site !== "same-origin" && site !== "none";
  if (!foreignOrigin && !foreignSite) return null;
  return new Response(`This form was sent from another site. Open ${env().APP_URL} and try again.\n`, {
    status: 403,
    headers: { "content-type": "text/plain; charset=utf-8" },
  });
}

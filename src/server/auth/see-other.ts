/** After a form: go on at this path of the same site, whatever host the browser used. */
export function seeOther(path: string): Response {
  return new Response(null, { status: 303, headers: { location: path, "cache-control": "no-store" } });
}

/** After a form: go on there. A path stays on the site as the browser knows it. */
export function seeOther(location: string): Response {
  return new Response(null, { status: 303, headers: { location, "cache-control": "no-store" } });
}

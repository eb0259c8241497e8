import type { ShownOnce as Secrets } from "#server/operation.ts";
import { ShownOnce } from "#ui/product/shown-once.tsx";
import { toStaticMarkup } from "#ui/static-markup.ts";

/** A secret goes to the person in this one answer: through no address, cookie, cache or table. */
export function showOnce(secrets: Secrets, back: string): Response {
  return new Response(`<!DOCTYPE html>${toStaticMarkup(<ShownOnce {...secrets} back={back} />)}`, {
    headers: { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" },
  });
}

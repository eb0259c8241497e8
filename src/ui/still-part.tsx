"use client";

import { useState } from "react";
import { stillParts } from "#lib/still-parts.ts";

export type StillProps = { as: "main" | "div" | "tbody"; id?: string };

/** A still part that was kept aside: the server puts its HTML here, and the client leaves what it finds. */
export function StillPart({ as: Element, id, index }: StillProps & { index: number }) {
  const [html] = useState(() => find(index));
  return (
    // biome-ignore lint/security/noDangerouslySetInnerHtml: the HTML is made from elements, and every text in it is escaped
    <Element id={id} data-still={index} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: html }} />
  );
}

/** In the browser it is what stands there: React draws it anew where an extension has changed the page around it. */
function find(index: number): string {
  const html = typeof document === "undefined" ? stillParts()?.[index] : document.querySelector(`[data-still="${index}"]`)?.innerHTML;
  if (html === undefined) throw new Error("A still part of this page is missing.");
  return html;
}

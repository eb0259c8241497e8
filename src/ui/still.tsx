import type { ReactNode } from "react";
import { stillParts } from "#lib/still-parts.ts";
import { toStaticMarkup } from "./static-markup.ts";
import { StillPart, type StillProps } from "./still-part.tsx";

let isDrawing = false;

/**
 * A part of a page that never changes after it was sent: drawn once, as HTML, and left alone by the client. Where the
 * request's parts are kept aside, it is not among the data that the client gets to draw the page again.
 */
export function Still({ as: Element, id, children }: StillProps & { children: ReactNode }) {
  if (isDrawing) return <Element id={id}>{children}</Element>;
  const html = draw(children);
  const parts = stillParts();
  if (parts) return <StillPart as={Element} id={id} index={parts.push(html) - 1} />;
  // biome-ignore lint/security/noDangerouslySetInnerHtml: the HTML is made from elements, and every text in it is escaped
  return <Element id={id} dangerouslySetInnerHTML={{ __html: html }} />;
}

function draw(children: ReactNode): string {
  isDrawing = true;
  try {
    return toStaticMarkup(children);
  } finally {
    isDrawing = false;
  }
}

import type { ReactNode } from "react";
import { toStaticMarkup } from "./static-markup.ts";

/** A part of a page that never changes after it was sent: drawn once, as HTML, and left alone by the client. */
export function Still({ as: Element, id, children }: { as: "main" | "div" | "tbody"; id?: string; children: ReactNode }) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: the HTML is made from elements, and every text in it is escaped
  return <Element id={id} dangerouslySetInnerHTML={{ __html: toStaticMarkup(children) }} />;
}

import { escapeHtml } from "./page.ts";

/** No scripts, no forms, nothing of the mailbox's origin; but a link that a person clicks leaves the frame. */
export const sandbox = "allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation";

export const framePolicy = `sandbox ${sandbox}; default-src 'none'; img-src data:; style-src 'unsafe-inline'; frame-ancestors 'self'`;

/** The mail's own HTML, whose links open in place of the mailbox's page. */
export function frameHtml(html: string) {
  const base = '<base target="_top">';
  const start = /<head\b[^>]*>/i.exec(html) ?? /^\s*<!doctype[^>]*>/i.exec(html);
  const position = start ? start.index + start[0].length : 0;
  return `${html.slice(0, position)}${base}${html.slice(position)}`;
}

/** Plain text with its addresses as links. */
export function linkText(text: string) {
  const parts = text.split(/(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)\]'])/);
  return parts
    .map((part, index) => (index % 2 === 1 ? `<a href="${escapeHtml(part)}">${escapeHtml(part)}</a>` : escapeHtml(part)))
    .join("");
}

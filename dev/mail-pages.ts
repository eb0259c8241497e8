import { formatTime } from "#lib/format-time.ts";
import type { Fault } from "./mail-faults.ts";
import type { Mail } from "./mail-store.ts";
import { linkText, sandbox } from "./mail-text.ts";
import { escapeHtml, page as frame } from "./page.ts";

const mostShown = 200;

type List = { mails: Mail[]; all: Mail[]; to: string; fault: Fault };

export function listPage({ mails, all, to, fault }: List) {
  const addresses = [...new Set(all.flatMap((mail) => mail.to))].sort();
  return page(
    "Mailbox",
    `<p>Every mail that Countersign sends on this machine ends here; setting <code>SMTP_URL</code> replaces it.</p>
    ${fault.mode === "none" ? "" : `<p><strong>A fault is switched on for tests: ${fault.mode}${fault.next === undefined ? "" : `, ${fault.next} more`}.</strong></p>`}
    <form method="get" action="/" role="search">
      <label>To <input type="email" name="to" value="${escapeHtml(to)}" list="addresses" autocomplete="off"></label>
      <datalist id="addresses">${addresses.map((address) => `<option value="${escapeHtml(address)}"></option>`).join("")}</datalist>
      <button type="submit">Filter</button> ${to ? '<a href="/">Everything</a>' : ""}
    </form>
    ${mails.length > 0 ? table(mails) : emptyState(to)}`,
  );
}

function table(mails: Mail[]) {
  const note = mails.length > mostShown ? `<p>The newest ${mostShown} of ${mails.length}: filter by recipient to see the others.</p>` : "";
  return `<table>
      <thead><tr><th scope="col">To</th><th scope="col">Subject</th><th scope="col">Received</th></tr></thead>
      <tbody>${mails.slice(0, mostShown).map(row).join("")}</tbody>
    </table>${note}`;
}

function row(mail: Mail) {
  return `<tr>
        <td>${recipients(mail)}</td>
        <td><a href="/messages/${mail.id}">${subjectOf(mail)}</a>${mail.arrivals > 1 ? ` <small>arrived ${mail.arrivals} times</small>` : ""}</td>
        <td>${time(mail.receivedAt)}</td>
      </tr>`;
}

function emptyState(to: string) {
  return to
    ? `<p>No mail to <strong>${escapeHtml(to)}</strong>. <a href="/">See everything</a>.</p>`
    : "<p>No mail yet. Do something in Countersign that sends one, such as asking for a new password, and reload this page.</p>";
}

export function mailPage(mail: Mail) {
  const facts: [string, string][] = [
    ["From", escapeHtml(mail.from)],
    ["To", recipients(mail)],
    ["Received", time(mail.receivedAt)],
    ...(mail.arrivals > 1 ? [["Arrivals", `${mail.arrivals}, kept once`] satisfies [string, string]] : []),
    ...mail.attachments.map(({ filename, mimeType, size }): [string, string] => {
      return ["Attachment", escapeHtml(`${filename} (${mimeType}, ${size} bytes; not kept)`)];
    }),
  ];
  return page(
    subjectOf(mail),
    `<p><a href="/">Mailbox</a></p>
    ${list(facts)}
    ${mail.text ? `<h2>Text</h2><div class="text">${linkText(mail.text)}</div>` : ""}
    ${mail.html ? `<h2>HTML</h2><iframe title="The message as HTML" sandbox="${sandbox}" src="/messages/${mail.id}/html"></iframe>` : ""}
    <details><summary>Headers</summary>${list(Object.entries(mail.headers).map(([name, value]) => [escapeHtml(name), escapeHtml(value)]))}</details>`,
  );
}

export function problemPage(sentence: string) {
  return page("This did not work", `<p>${escapeHtml(sentence)}</p><p><a href="/">Mailbox</a></p>`);
}

function recipients({ to }: Mail) {
  return to.map((address) => `<a href="/?to=${encodeURIComponent(address)}">${escapeHtml(address)}</a>`).join(", ");
}

function subjectOf({ subject }: Mail) {
  return escapeHtml(subject) || "(no subject)";
}

function time(value: string) {
  return `<time datetime="${value}">${formatTime(new Date(value))}</time>`;
}

function list(facts: [string, string][]) {
  return `<dl>${facts.map(([name, value]) => `<div><dt>${name}</dt><dd>${value}</dd></div>`).join("")}</dl>`;
}

// A mail's HTML is made for white paper unless it says otherwise, so its frame stays light.
const style = `main { max-width: 60rem; }
      td, th { text-align: start; vertical-align: top; padding: .3rem 1rem .3rem 0; border-bottom: 1px solid color-mix(in srgb, CanvasText 20%, Canvas); overflow-wrap: anywhere; }
      th { overflow-wrap: normal; }
      table { width: 100%; border-collapse: collapse; margin-top: 1rem; }
      form button, input { font: inherit; padding: .2rem .5rem; }
      input { max-width: 100%; box-sizing: border-box; }
      dl div { display: grid; grid-template-columns: minmax(6rem, 12rem) 1fr; gap: 0 1rem; }
      dt { overflow-wrap: anywhere; } dd { margin: 0; white-space: pre-line; overflow-wrap: anywhere; }
      .text { white-space: pre-wrap; overflow-wrap: anywhere; border: 1px solid GrayText; padding: 1rem; }
      iframe { width: 100%; height: 24rem; resize: vertical; border: 1px solid GrayText; box-sizing: border-box; color-scheme: light; background: white; }`;

function page(title: string, content: string) {
  return frame({ title, style, content });
}

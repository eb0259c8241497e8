import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { z } from "zod";
import { type Faults, faultModes } from "./mail-faults.ts";
import { listPage, mailPage, problemPage } from "./mail-pages.ts";
import type { Mail, MailStore } from "./mail-store.ts";
import { frameHtml, framePolicy } from "./mail-text.ts";

type Request = { request: IncomingMessage; response: ServerResponse; store: MailStore; faults: Faults };
type Answer = { status?: number; html?: string; json?: unknown; policy?: string };

const faultInput = z.strictObject({ mode: z.enum(faultModes), next: z.int().min(0).optional() });
const pagePolicy =
  "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** The mailbox: pages for people, and for tests `GET /messages.json`, `DELETE /messages` and `GET` or `POST /faults`. */
export async function answerMailbox(given: Request) {
  try {
    send(given.response, isFromHere(given.request) ? await answer(given) : problem(403, "The mailbox is only for this machine."));
  } catch (error) {
    console.error("The local mailbox failed:", error);
    send(given.response, problem(500, "The mailbox met a problem: the terminal says which."));
  }
}

// It holds links that sign people in. A page of another site must not reach it, not even under a name that points to this machine.
function isFromHere({ headers }: IncomingMessage) {
  const site = headers["sec-fetch-site"];
  const isOtherSite = site === "cross-site" && headers["sec-fetch-mode"] !== "navigate";
  return /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(headers.host ?? "") && !isOtherSite;
}

async function answer({ request, store, faults }: Request): Promise<Answer> {
  const { pathname, searchParams } = new URL(`http://localhost${request.url ?? "/"}`);
  const to = searchParams.get("to") ?? "";
  const [, id = "", part = ""] = /^\/messages\/(\d+)(\/html)?$/.exec(pathname) ?? [];
  switch (`${request.method} ${id ? `/messages/:id${part}` : pathname}`) {
    case "GET /":
      return { html: listPage({ mails: store.newestFirst(to), all: store.newestFirst(), to, fault: faults.current() }) };
    case "GET /messages.json":
      return { json: store.newestFirst(to) };
    case "GET /messages/:id":
      return withMail(store.find(id), (mail) => ({ html: mailPage(mail) }));
    case "GET /messages/:id/html":
      return withMail(store.find(id), (mail) => ({ html: frameHtml(mail.html), policy: framePolicy }));
    case "GET /faults":
      return { json: faults.current() };
    case "POST /faults":
      return setFault(request, faults);
    case "DELETE /messages":
      return clear(request, store);
    default:
      return problem(404, "There is no such page.");
  }
}

function withMail(mail: Mail | undefined, show: (mail: Mail) => Answer): Answer {
  return mail ? show(mail) : problem(404, "This message is not here, or not any more.");
}

function clear(request: IncomingMessage, store: MailStore): Answer {
  if (!isSameOrigin(request)) return problem(403, "Only from here.");
  store.clear();
  return { json: [] };
}

async function setFault(request: IncomingMessage, faults: Faults): Promise<Answer> {
  if (!isSameOrigin(request) || request.headers["content-type"]?.split(";", 1)[0] !== "application/json")
    return problem(403, "Only JSON, and only from here.");
  const result = faultInput.safeParse(parseJson(await text(request)));
  if (!result.success) return { status: 400, json: { error: z.prettifyError(result.error) } };
  faults.set(result.data);
  return { json: faults.current() };
}

// Programs send neither header.
function isSameOrigin({ headers }: IncomingMessage) {
  const { origin, host } = headers;
  return (headers["sec-fetch-site"] ?? "same-origin") === "same-origin" && (origin === undefined || origin === `http://${host}`);
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function problem(status: number, sentence: string): Answer {
  return { status, html: problemPage(sentence) };
}

function send(response: ServerResponse, { status = 200, html, json, policy = pagePolicy }: Answer) {
  response.writeHead(status, {
    "content-type": html === undefined ? "application/json" : "text/html; charset=utf-8",
    "cache-control": "no-store",
    "content-security-policy": policy,
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
  });
  response.end(html ?? `${JSON.stringify(json, null, 2)}\n`);
}

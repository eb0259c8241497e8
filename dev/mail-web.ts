import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { z } from "zod";
import { type Faults, faultModes } from "./mail-faults.ts";
import { listPage, mailPage, problemPage } from "./mail-pages.ts";
import type { Mail, MailStore } from "./mail-store.ts";
import { frameHtml, framePolicy } from "./mail-text.ts";
import { type Answer, isFromHere, isOwnJson, isSameOrigin, pagePolicy, send } from "./web-answer.ts";

type Request = { request: IncomingMessage; response: ServerResponse; store: MailStore; faults: Faults };

const faultInput = z.strictObject({ mode: z.enum(faultModes), next: z.int().min(0).optional() });
const policy = `${pagePolicy}; frame-src 'self'; form-action 'self'`;

/** The mailbox, which holds links that sign people in: pages for people, and for tests `GET /messages.json`, `DELETE /messages` and `GET` or `POST /faults`. */
export async function answerMailbox(given: Request) {
  try {
    const found = isFromHere(given.request) ? await answer(given) : problem(403, "The mailbox is only for this machine.");
    send(given.response, { policy, ...found });
  } catch (error) {
    console.error("The local mailbox failed:", error);
    send(given.response, { policy, ...problem(500, "The mailbox met a problem: the terminal says which.") });
  }
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
  if (!isOwnJson(request)) return problem(403, "Only JSON, and only from here.");
  const result = faultInput.safeParse(parseJson(await text(request)));
  if (!result.success) return { status: 400, json: { error: z.prettifyError(result.error) } };
  faults.set(result.data);
  return { json: faults.current() };
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

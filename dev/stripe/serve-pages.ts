import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { z } from "zod";
import { type Answer, isFromHere, isOwnJson, send } from "../web-answer.ts";
import { advance } from "./advance.ts";
import { ensureCatalogue } from "./catalogue.ts";
import { refundByHand } from "./dashboard.ts";
import { failRefund } from "./endpoints/payments.ts";
import { Failure } from "./failure.ts";
import { type Faults, faultInput } from "./faults.ts";
import { importCustomers, importInput } from "./import.ts";
import { type Kind, kinds } from "./kinds.ts";
import { customerPage, eventsPage, overviewPage, problemPage, refundsPage } from "./pages.ts";
import type { Store } from "./store.ts";
import { sendingInput, type Webhooks } from "./webhooks.ts";

type Parts = { store: Store; faults: Faults; webhooks: Webhooks };
type Control = (given: unknown) => unknown;

/** Pages for people about what looks like money, and for tests the controls: what goes wrong, what is there, and how webhooks are sent. */
export function createPages(parts: Parts) {
  const controls = createControls(parts);
  return async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    send(response, isFromHere(request) ? await answer(request, parts, controls) : problem(403, "The stand-in is only for this machine."));
  };
}

function createControls({ store, faults, webhooks }: Parts): Record<string, Control> {
  return {
    "/control/faults": (given) => {
      faults.set(faultInput.parse(given));
      return faults.current();
    },
    "/control/webhooks": (given) => {
      webhooks.set(sendingInput.parse(given));
      return webhooks.current();
    },
    "/control/resend": async (given) => {
      const { id } = z.strictObject({ id: z.string() }).parse(given);
      return { taken: await webhooks.resend(store.begin(0).get("event", id)) };
    },
    "/control/settled": async () => {
      await webhooks.settled();
      return {};
    },
    "/control/import": (given) => ({ added: importCustomers(store, importInput.parse(given)) }),
    "/control/fail-refund": (given) => {
      const { id, reason } = z.strictObject({ id: z.string(), reason: z.string().default("expired_or_canceled_card") }).parse(given);
      const draft = store.begin(Math.floor(Date.now() / 1_000));
      const refund = failRefund(draft, id, reason);
      store.commit(draft);
      return refund;
    },
    "/control/age-keys": (given) => {
      store.ageAnswers(z.strictObject({ seconds: z.int().min(1) }).parse(given).seconds);
      return {};
    },
    "/control/clear": () => {
      store.clear();
      ensureCatalogue(store);
      return {};
    },
    "/control/advance": (given) => {
      const { now } = z.strictObject({ now: z.int().min(0) }).parse(given);
      return { steps: advance(store, { clock: null, now }) };
    },
  };
}

async function answer(request: IncomingMessage, { store, faults }: Parts, controls: Record<string, Control>): Promise<Answer> {
  const { pathname, searchParams } = new URL(`http://localhost${request.url ?? "/"}`);
  const shown = { store, fault: faults.current() };
  if (request.method === "POST" && pathname === "/refunds") return refundFromForm(request, store);
  if (request.method === "POST") return control(request, Object.hasOwn(controls, pathname) ? controls[pathname] : undefined);
  if (request.method !== "GET") return problem(405, "Only GET and POST.");
  const customer = /^\/customers\/(\w+)$/.exec(pathname)?.[1];
  if (customer)
    return store.begin(0).find("customer", customer) ? { html: customerPage(shown, customer) } : problem(404, "There is no such customer.");
  if (pathname === "/") return { html: overviewPage(shown) };
  if (pathname === "/refunds") return { html: refundsPage(shown) };
  if (pathname === "/events") return { html: eventsPage(shown) };
  const kind = searchParams.get("kind") ?? "";
  if (pathname === "/objects.json" && kinds.includes(kind as Kind)) return { json: store.begin(0).all(kind as Kind) };
  return problem(404, "There is no such page.");
}

async function refundFromForm(request: IncomingMessage, store: Store): Promise<Answer> {
  // The pages send no referrer, and browsers then say that a form comes from nowhere.
  if (request.headers["sec-fetch-site"] !== "same-origin") return problem(403, "Only from the page of the customer.");
  try {
    return { status: 303, location: `/customers/${refundByHand(store, new URLSearchParams(await text(request))).customer}` };
  } catch (error) {
    if (error instanceof Failure) return problem(error.status, error.message);
    if (error instanceof z.ZodError) return problem(400, "Say which charge, and how much.");
    throw error;
  }
}

async function control(request: IncomingMessage, run: Control | undefined): Promise<Answer> {
  if (!run) return problem(404, "There is no such control.");
  if (!isOwnJson(request)) return problem(403, "Only JSON, and only from here.");
  try {
    return { json: await run(JSON.parse((await text(request)) || "{}")) };
  } catch (error) {
    if (error instanceof z.ZodError) return { status: 400, json: { error: z.prettifyError(error) } };
    if (error instanceof Failure) return { status: error.status, json: error.body };
    if (error instanceof SyntaxError) return { status: 400, json: { error: "This is not JSON." } };
    throw error;
  }
}

function problem(status: number, sentence: string): Answer {
  return { status, html: problemPage(sentence) };
}

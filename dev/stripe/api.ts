import { createHash } from "node:crypto";
import { advance } from "./advance.ts";
import { type Endpoint, present } from "./endpoint.ts";
import { catalogueEndpoints } from "./endpoints/catalogue.ts";
import { customerEndpoints } from "./endpoints/customers.ts";
import { eventEndpoints } from "./endpoints/events.ts";
import { invoiceEndpoints } from "./endpoints/invoices.ts";
import { paymentEndpoints } from "./endpoints/payments.ts";
import { subscriptionEndpoints } from "./endpoints/subscriptions.ts";
import { Failure } from "./failure.ts";
import { parseForm, readParameters, Unprocessed } from "./form.ts";
import { type Answered, newId, type Store } from "./store.ts";

export const endpoints: Endpoint[] = [
  ...customerEndpoints,
  ...subscriptionEndpoints,
  ...invoiceEndpoints,
  ...paymentEndpoints,
  ...catalogueEndpoints,
  ...eventEndpoints,
];

export type ApiRequest = { method: string; path: string; text: string; idempotencyKey?: string | undefined };
export type ApiAnswer = { status: number; body: unknown; replayed?: true };
/** What an error of Stripe's own leaves behind: nothing but its answer, or also what was asked for. */
export type Breakdown = "withoutEffect" | "afterEffect";

/** Carries out one request, as a whole or not at all. */
export function answerApi(store: Store, request: ApiRequest, breakdown?: Breakdown): ApiAnswer {
  const { method, path, text, idempotencyKey } = request;
  const found = endpoints.flatMap((endpoint) => {
    const match = endpoint.method === method ? endpoint.pattern.exec(path) : null;
    return match ? [{ endpoint, ids: match.slice(1).map(decode) }] : [];
  })[0];
  if (!found)
    return refuse(
      new Failure(
        404,
        "invalid_request_error",
        `Unrecognized request URL (${method}: ${path}). Please see https://stripe.com/docs or we can help at https://support.stripe.com/.`,
      ),
    );
  const now = Math.floor(Date.now() / 1_000);
  const key = method === "POST" ? idempotencyKey : undefined;
  const hash = createHash("sha256")
    .update(`${method} ${path}\n${canonical(text)}`)
    .digest("hex");
  const known = key === undefined ? undefined : store.findAnswer(key, now);
  if (known && known.hash !== hash)
    return refuse(
      new Failure(
        400,
        "idempotency_error",
        `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
      ),
    );
  if (known) return { status: known.status, body: known.body, replayed: true };
  const keep = (status: number, body: unknown): Answered | undefined =>
    key === undefined ? undefined : { key, hash, status, body, at: now };
  const draft = store.begin(timeOf(store, now, found.ids, text), { id: newId("req"), idempotencyKey });
  try {
    const parameters = readParameters(found.endpoint.schema, parseForm(text));
    if (breakdown === "withoutEffect") throw new Failure(500, "api_error", "Something went wrong on Stripe's end.");
    const answer = found.endpoint.run(draft, parameters as never, found.ids);
    const body = present(draft, answer, (parameters as { expand?: string[] }).expand);
    const broken = breakdown === "afterEffect" ? new Failure(500, "api_error", "Something went wrong on Stripe's end.") : null;
    const [status, said] = broken ? [broken.status, broken.body] : [200, body];
    store.commit(draft, keep(status, said));
    if (path.endsWith("/advance"))
      advance(store, { clock: found.ids[0] ?? null, now: draft.now > 0 ? frozenTime(store, found.ids[0]) : now });
    return { status, body: said };
  } catch (error) {
    const failure = error instanceof Failure ? error : unexpected(error);
    // What was refused before it was processed is not remembered; a declined card leaves its attempt behind.
    const answered = failure instanceof Unprocessed ? undefined : keep(failure.status, failure.body);
    const kept = failure.status === 402 ? draft : { changed: new Map(), removed: new Set<string>() };
    store.commit(kept, answered);
    return { status: failure.status, body: failure.body };
  }
}

function refuse({ status, body }: Failure): ApiAnswer {
  return { status, body };
}

function unexpected(error: unknown): Failure {
  console.error("The Stripe stand-in failed:", error);
  return new Failure(500, "api_error", "The stand-in met a problem: the terminal says which.");
}

function frozenTime(store: Store, clock = ""): number {
  return store.begin(0).get("test_helpers.test_clock", clock).frozen_time;
}

/** By the test clock of the customer that it is about, where there is one. */
function timeOf(store: Store, now: number, [id = ""]: string[], text: string): number {
  const view = store.begin(now);
  const given = /(?:^|&)customer=([^&]+)/.exec(text)?.[1];
  const owner = view.find("subscription", id)?.customer ?? view.find("invoice", id)?.customer ?? given ?? id;
  const clock = view.find("customer", typeof owner === "string" ? owner : (owner?.id ?? ""))?.test_clock;
  return clock ? view.get("test_helpers.test_clock", typeof clock === "string" ? clock : clock.id).frozen_time : now;
}

function canonical(text: string): string {
  return text.split("&").sort().join("&");
}

/** As it was sent where it cannot be decoded: then it names nothing. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

import { setTimeout as wait } from "node:timers/promises";
import Stripe from "stripe";
import { z } from "zod";
import type { Kinds } from "./kinds.ts";
import type { Store } from "./store.ts";

export const orders = ["asTheyCome", "shuffled", "none"] as const;
/** How webhooks are sent: in what order, and how often each of them. */
export type Sending = { order: (typeof orders)[number]; copies: number };
export const sendingInput = z.strictObject({ order: z.enum(orders), copies: z.int().min(1).max(10).default(1) });
export type Webhooks = ReturnType<typeof createWebhooks>;

type Options = { store: Store; url: string | null; secret: string };

const retryAfterSeconds = [1, 2, 5, 15, 60, 300, 900];
const mostShuffledBy = 1_000;

/** Sends each event to the application, signed, until it is taken; what waits survives a restart. */
export function createWebhooks({ store, url, secret }: Options) {
  let sending: Sending = { order: "asTheyCome", copies: 1 };
  const stopping = new AbortController();
  const underWay = new Set<Promise<void>>();
  let chain = Promise.resolve();

  store.onEvents((events) => events.filter(({ pending_webhooks }) => pending_webhooks > 0).forEach(begin));
  const waiting = store
    .begin(0)
    .all("event")
    .filter(({ pending_webhooks }) => pending_webhooks > 0);
  for (const event of waiting.reverse()) begin(event);

  return {
    current: () => sending,
    set: (given: Sending) => {
      sending = given;
    },
    /** Once more, whether it was taken or not. */
    resend: (event: Kinds["event"]) => (url ? send(event) : Promise.resolve(false)),
    /** When nothing is on its way any more. */
    async settled() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
    async stop() {
      stopping.abort();
      await Promise.allSettled(underWay);
    },
  };

  function begin(event: Kinds["event"]): void {
    if (!url || sending.order === "none" || stopping.signal.aborted) return;
    for (let copy = 0; copy < sending.copies; copy += 1) {
      const work = sending.order === "shuffled" ? later(() => deliver(event)) : afterTheOthers(event);
      underWay.add(work);
      void work.finally(() => underWay.delete(work));
    }
  }

  /** One after the other; one that is not taken lets the next ones pass. */
  function afterTheOthers(event: Kinds["event"]): Promise<void> {
    const first = chain.then(() => send(event));
    chain = first.then(() => undefined);
    return first.then((taken) => (taken ? undefined : deliver(event, 0)));
  }

  async function later(work: () => Promise<void>): Promise<void> {
    await pause(Math.random() * mostShuffledBy);
    await work();
  }

  async function deliver(event: Kinds["event"], attempt = -1): Promise<void> {
    if (attempt >= 0) await pause((retryAfterSeconds[attempt] ?? 0) * 1_000);
    if (stopping.signal.aborted || (await send(event)) || attempt + 1 >= retryAfterSeconds.length) return;
    await deliver(event, attempt + 1);
  }

  async function send(event: Kinds["event"]): Promise<boolean> {
    if (!url || stopping.signal.aborted) return false;
    const payload = JSON.stringify(event);
    const signature = Stripe.webhooks.generateTestHeaderString({ payload, secret });
    try {
      const response = await fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json; charset=utf-8", "user-agent": "Stripe/1.0", "stripe-signature": signature },
        body: payload,
        redirect: "manual",
        signal: AbortSignal.any([stopping.signal, AbortSignal.timeout(10_000)]),
      });
      await response.body?.cancel();
      if (!response.ok) return false;
    } catch {
      return false;
    }
    markTaken(event.id);
    return true;
  }

  function markTaken(id: string): void {
    const draft = store.begin(0);
    const event = draft.find("event", id);
    if (!event || event.pending_webhooks === 0) return;
    draft.put({ ...event, pending_webhooks: 0 });
    store.commit(draft);
  }

  async function pause(milliseconds: number): Promise<void> {
    await wait(milliseconds, undefined, { signal: stopping.signal }).catch(() => undefined);
  }
}

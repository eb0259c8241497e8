import Stripe from "stripe";
import { beforeAll, expect, test } from "vitest";
import { env } from "#env.ts";
import { reader } from "#server/db.ts";
import { checksums } from "#testing/database.ts";
import { unique } from "#testing/fixtures.ts";
import { queuedJobs } from "#testing/queued-jobs.ts";
import { POST } from "./route.ts";

let secret = "";
beforeAll(() => {
  secret = env().STRIPE_WEBHOOK_SECRET ?? "";
});

test("an event that Stripe signed is remembered and put into the queue, once however often it comes", async () => {
  const { id, payload } = makeEvent();
  const headers = { "stripe-signature": sign(payload) };
  const answers = await Promise.all(Array.from({ length: 8 }, () => post(payload, headers)));
  expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
  const bodies = await Promise.all(answers.map((answer) => answer.json()));
  expect(bodies.filter(({ isNew }) => isNew)).toHaveLength(1);
  expect(await reader().stripeEvent.findUniqueOrThrow({ where: { id } })).toMatchObject({
    type: "customer.updated",
    customerId: "cus_test",
    processedAt: null,
  });
  expect(await queuedJobs("stripeEvent", (given) => given.stripeEventId === id)).toHaveLength(1);
});

const { payload } = makeEvent();
type Refused = [string, string, () => Record<string, string>];
const refused: Refused[] = [
  ["without a signature", payload, () => ({})],
  ["with nonsense for a signature", payload, () => ({ "stripe-signature": "t=,v1=" })],
  ["signed with another secret", payload, () => ({ "stripe-signature": sign(payload, { secret: "whsec_other" }) })],
  ["with another body than was signed", payload.replace("cus_test", "cus_evil"), () => ({ "stripe-signature": sign(payload) })],
  ["signed more than five minutes ago", payload, () => ({ "stripe-signature": sign(payload, { timestamp: seconds() - 301 }) })],
  ["whose time was changed after signing", payload, () => ({ "stripe-signature": sign(payload).replace(/t=\d+/, `t=${seconds() - 1}`) })],
  ...["hello", '"x"', "null", "{}", '{"id":"evt_1","type":"x","data":"x"}', payload.replace("evt_", "\\u0000")].map(
    (body): Refused => [`that is signed and is no event: ${body}`, body, () => ({ "stripe-signature": sign(body) })],
  ),
];

test.each(refused)("an event %s is refused and changes nothing", async (_what, body, headersOf) => {
  const before = await checksums();
  const answer = await post(body, headersOf());
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ error: { code: "INVALID_INPUT" } });
  expect(await checksums()).toEqual(before);
});

test("a body that is too large is refused before its signature is looked at", async () => {
  const answer = await post("x".repeat(1_000_001), {});
  expect(answer.status).toBe(413);
});

function makeEvent() {
  const id = `evt_${unique()}`;
  const object = { id: "cus_test", object: "customer" };
  return { id, payload: JSON.stringify({ id, object: "event", type: "customer.updated", created: seconds(), data: { object } }) };
}

function sign(signed: string, given: { secret?: string; timestamp?: number } = {}): string {
  return Stripe.webhooks.generateTestHeaderString({ payload: signed, secret, ...given });
}

function post(body: string, headers: Record<string, string>): Promise<Response> {
  return POST(new Request("http://localhost:3000/api/stripe/webhook", { method: "POST", body, headers }));
}

function seconds(): number {
  return Math.floor(Date.now() / 1_000);
}

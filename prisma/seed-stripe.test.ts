import { afterAll, beforeAll, expect, test } from "vitest";
import { reader } from "#server/db.ts";
import { mirrorOrganization } from "#tasks/mirror-stripe.ts";
import { findEvents } from "#testing/fixtures.ts";
import { startTestStripe, type TestStripe } from "#testing/stripe.ts";
import { seed } from "./seed.ts";
import { importIntoStandIn } from "./seed-stripe.ts";

let stripe: TestStripe;
beforeAll(async () => {
  stripe = await startTestStripe();
});
afterAll(() => stripe.stop());

test("the demo world is alike here and at the stand-in, and a second import adds nothing", async () => {
  expect(await seed()).toEqual({ seeded: true });
  const customers = await reader().organization.findMany({ where: { stripeCustomerId: { not: null } }, select: { id: true } });
  expect(await importIntoStandIn(stripe.apiBase)).toBe(customers.length);
  for (const { id } of customers) await mirrorOrganization(id);
  expect(await findEvents({ operation: "organization.mirrorStripe" })).toEqual([]);
  expect(await reader().billingDrift.findMany()).toEqual([]);
  expect(await importIntoStandIn(stripe.apiBase)).toBe(0);
}, 60_000);

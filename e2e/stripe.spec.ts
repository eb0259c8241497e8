import { stripe as sdk } from "#server/stripe/client.ts";
import { controlOf } from "#testing/stripe.ts";
import { makeBilledWorld } from "#testing/stripe-world.ts";
import { expect, findEvents, test } from "./fixtures.ts";
import { confirm, preview } from "./staff-steps.ts";

const apiBase = process.env.STRIPE_API_BASE ?? "";
const standIn = controlOf(apiBase);

test("what happens at Stripe is seen here by its webhooks: what Stripe decides on is taken over, the rest is shown and taken on purpose", async ({
  page,
  signInStaff,
  noSeriousViolations,
}) => {
  test.setTimeout(120_000);
  const world = await makeBilledWorld(standIn);
  await signInStaff(["billing"]);
  const id = world.customer.subscription?.id ?? "";
  const [item] = (await sdk().subscriptions.retrieve(id)).items.data;
  await sdk().customers.createBalanceTransaction(world.customer.id, { amount: -777, currency: "eur" });
  await sdk().subscriptions.update(id, { items: [{ id: item?.id ?? "", quantity: 8 }], proration_behavior: "none" });
  const differences = page.getByRole("region", { name: "Differences to Stripe" });
  await expect(async () => {
    await page.goto(`/admin/organizations/${world.id}/billing`);
    await expect(page.getByRole("main")).toContainText("€7.77", { timeout: 500 });
    await expect(differences).toContainText("Seats", { timeout: 500 });
  }).toPass({ timeout: 30_000 });
  await noSeriousViolations(page);
  const mirrored = await findEvents({ organizationId: world.id, operation: "organization.mirrorStripe" });
  expect(mirrored.map(({ outcome, actorType }) => `${actorType} ${outcome}`)).toContain("system succeeded");
  await preview(page, { operation: "organization.resyncFromStripe", targetId: world.id });
  await expect(page.getByRole("main")).toContainText("Seats: 5 here, 8 at Stripe");
  await confirm(page, { button: "Resync from Stripe", phrase: world.slug });
  await page.goto(`/admin/organizations/${world.id}/billing`);
  await expect(differences).toHaveCount(0);
});

test("a refund that somebody makes in Stripe's dashboard is in the ledger, and only what is left can be refunded here", async ({
  page,
  signInStaff,
  noSeriousViolations,
}) => {
  test.setTimeout(120_000);
  const world = await makeBilledWorld(standIn);
  await page.goto(`${apiBase}/customers/${world.customer.id}`);
  await page.getByLabel("Refund", { exact: true }).fill("20.00");
  await page.getByRole("button", { name: /^Refund from ch_/ }).click();
  await expect(page.getByRole("main")).toContainText("refunded €20.00");
  await noSeriousViolations(page);
  await signInStaff(["billing"]);
  const refunds = page.getByRole("region", { name: "Refunds" });
  await expect(async () => {
    await page.goto(`/admin/invoices/${world.invoiceId}`);
    await expect(refunds).toContainText("Stripe's dashboard", { timeout: 500 });
  }).toPass({ timeout: 30_000 });
  await expect(refunds).toContainText("€20.00");
  await expect(refunds).toContainText(/re_\w+ ch_\w+/);
  await expect(page.getByRole("region", { name: "Events" })).toContainText("Take over a refund of €20.00");
  await noSeriousViolations(page);
  await preview(page, { operation: "invoice.refund", targetId: world.invoiceId, fields: { Amount: "25.01" } });
  await expect(page.getByRole("main")).toContainText("Only €25.00 of this invoice can still be refunded.");
  const events = await findEvents({ organizationId: world.id, operation: "invoice.takeOverRefund" });
  expect(events).toMatchObject([{ outcome: "succeeded", actorType: "system", targetId: world.invoiceId }]);
});

test("a webhook that nobody signed is refused, and so is every other method", async ({ request }) => {
  const path = "/api/stripe/webhook";
  const forged = await request.post(path, {
    data: { id: "evt_forged", type: "customer.updated" },
    headers: { "stripe-signature": "t=1,v1=00" },
  });
  expect([forged.status(), (await forged.json()).error.code]).toEqual([400, "INVALID_INPUT"]);
  expect((await request.get(path)).status()).toBe(405);
});

test("the stand-in shows what it has", async ({ page, noSeriousViolations }) => {
  const { customer, name } = await makeBilledWorld(standIn);
  await page.goto(apiBase);
  await page.getByRole("link", { name }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
  await expect(page.getByRole("main")).toContainText(customer.id);
  await noSeriousViolations(page);
  for (const title of ["Refunds", "Events"]) {
    await page.getByRole("link", { name: title }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
    await noSeriousViolations(page);
  }
});

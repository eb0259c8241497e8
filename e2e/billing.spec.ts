import { unique } from "#testing/fixtures.ts";
import { controlOf } from "#testing/stripe.ts";
import { makeBilledWorld } from "#testing/stripe-world.ts";
import { expect, findEvents, test } from "./fixtures.ts";
import { mailTo } from "./mailbox.ts";
import { confirm, fillIn, preview } from "./staff-steps.ts";

const stripe = controlOf(process.env.STRIPE_API_BASE ?? "");

test("a refund: found by its number, shown, confirmed, carried out by Stripe, seen by the customer, with its document", async ({
  page,
  browser,
  signInStaff,
  signInCustomer,
  noSeriousViolations,
}) => {
  test.setTimeout(120_000);
  const world = await makeBilledWorld(stripe);
  const number = world.customer.invoices?.[0]?.number ?? "";
  const staff = await signInStaff(["billing"]);
  await page.goto(`/admin/invoices?q=${number}`);
  await noSeriousViolations(page);
  await page.getByRole("link", { name: number }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Invoice ${number}`);
  await page.getByRole("link", { name: "Refund" }).click();
  await expect(page.getByLabel("Amount")).toHaveValue("45.00");
  await fillIn(page, { Amount: "45.001" });
  await expect(page.getByRole("main")).toContainText("EUR has 2 digits after the point.");
  await fillIn(page, { Amount: "20.00" });
  await expect(page.getByRole("main")).toContainText(`Stripe: refund €20.00 of the invoice ${number}`);
  await expect(page.getByRole("main")).toContainText("Then €25.00 of the €45.00 that were paid can still be refunded.");
  await noSeriousViolations(page);
  await confirm(page, { button: "Refund", phrase: number });

  await expect(async () => {
    await page.goto(`/admin/invoices/${world.invoiceId}`);
    await expect(page.getByRole("region", { name: "Refunds" })).toContainText("done", { timeout: 500 });
  }).toPass({ timeout: 30_000 });
  await expect(page.getByRole("main")).toContainText("€25.00");
  await noSeriousViolations(page);
  expect(await stripe.objects("refund")).toContainEqual(
    expect.objectContaining({ amount: 2_000, payment_intent: world.paymentIntent, status: "succeeded" }),
  );
  expect((await mailTo(world.people.owner.email, "A refund of €20.00")).text).toContain(number);
  const events = await findEvents({ targetId: world.invoiceId, actorId: staff.id });
  expect(events.map(({ operation, outcome }) => `${operation} ${outcome}`)).toEqual(
    expect.arrayContaining(["invoice.open succeeded", "invoice.refund succeeded"]),
  );
  const pdf = await page.request.get(`/admin/invoices/${world.invoiceId}/pdf`);
  expect([pdf.status(), pdf.headers()["content-type"]]).toEqual([200, "application/pdf"]);
  expect(await findEvents({ targetId: world.invoiceId, actorId: staff.id, operation: "invoice.download" })).toHaveLength(1);

  const theirs = await browser.newContext();
  const customer = await theirs.newPage();
  await signInCustomer(world.people.owner.actor, theirs);
  await customer.goto(`/o/${world.slug}/billing`);
  await expect(customer.getByRole("region", { name: "Refunds and credits" })).toContainText("€20.00");
  await expect(customer.getByRole("main")).toContainText("Visa that ends in 4242");
  await noSeriousViolations(customer);
  const own = await customer.request.get(`/o/${world.slug}/billing/invoices/${world.invoiceId}.pdf`);
  expect([own.status(), own.headers()["content-type"], (await own.body()).subarray(0, 5).toString()]).toEqual([
    200,
    "application/pdf",
    "%PDF-",
  ]);
  await signInCustomer(world.people.member.actor, theirs);
  expect((await customer.request.get(`/o/${world.slug}/billing/invoices/${world.invoiceId}.pdf`)).status()).toBe(403);
  expect((await customer.request.get(`/o/${world.slug}/billing/invoices/${world.invoiceId}.txt`)).status()).toBe(404);
  await theirs.close();
});

test("a cancellation says what follows, asks for the owner's address, and is called off again", async ({ page, signInStaff }) => {
  test.setTimeout(120_000);
  const world = await makeBilledWorld(stripe);
  await signInStaff(["billing"]);
  await preview(page, { operation: "subscription.cancel", targetId: world.id, fields: { When: "periodEnd" } });
  await expect(page.getByRole("main")).toContainText(/The team subscription ends on|The Team subscription ends on/);
  await page.getByLabel(/^Type/).fill(world.slug);
  await page.getByRole("button", { name: "Cancel the subscription" }).click();
  await expect(page.getByRole("main")).toContainText("This is not what was asked for");
  await confirm(page, { button: "Cancel the subscription", phrase: world.people.owner.email });
  const subscription = async () =>
    (await stripe.objects("subscription")).find(({ id }) => id === world.customer.subscription?.id)?.cancel_at_period_end;
  await expect.poll(subscription, { timeout: 30_000 }).toBe(true);
  await page.goto(`/admin/organizations/${world.id}`);
  await expect(page.getByRole("main")).toContainText(", cancelled");
  await preview(page, { operation: "subscription.reactivate", targetId: world.id });
  await confirm(page, { button: "Reactivate the subscription", phrase: world.slug });
  await expect.poll(subscription, { timeout: 30_000 }).toBe(false);
});

test("what Stripe refuses is seen on the pages, and can be refunded again", async ({ page, signInStaff, noSeriousViolations }) => {
  test.setTimeout(120_000);
  const world = await makeBilledWorld(stripe, { card: { id: `pm_${unique()}`, refundFailure: "lost_or_stolen_card" } });
  await signInStaff(["billing"]);
  await preview(page, { operation: "invoice.refund", targetId: world.invoiceId, fields: { Amount: "10.00" } });
  await confirm(page, { button: "Refund", phrase: world.customer.invoices?.[0]?.number ?? "" });
  for (const path of [`/admin/invoices/${world.invoiceId}`, `/admin/organizations/${world.id}/billing`]) {
    await expect(async () => {
      await page.goto(path);
      await expect(page.getByRole("main")).toContainText("refused by Stripe", { timeout: 500 });
    }).toPass({ timeout: 30_000 });
    await expect(page.getByRole("main")).toContainText("lost or stolen card");
    await noSeriousViolations(page);
  }
  await page.goto(`/admin/operations/invoice.refund?targetId=${world.invoiceId}`);
  await expect(page.getByLabel("Amount")).toHaveValue("45.00");
});

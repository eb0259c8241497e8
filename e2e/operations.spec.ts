import { writer } from "#server/db.ts";
import { arrange, unique } from "#testing/fixtures.ts";
import { expect, findEvents, test } from "./fixtures.ts";
import { confirm, fillIn, preview } from "./staff-steps.ts";

test("a form that is refused keeps what was typed and says what is wrong", async ({ page, world, signInStaff }) => {
  await signInStaff(["support"]);
  await page.goto(`/admin/operations/subscription.extendTrial?targetId=${world.id}`);
  await page.locator("form", { has: page.getByLabel("Days") }).evaluate((form: HTMLFormElement) => {
    form.noValidate = true;
  });
  await page.getByLabel("Days").fill("91");
  await page.getByLabel("Reason").fill("A long evaluation, with “quotes” & <angles>");
  await page.getByRole("button", { name: "Preview" }).click();
  await expect(page.getByRole("alert").first()).toContainText("not valid");
  await expect(page.getByText("At most 90 days.")).toBeVisible();
  await expect(page.getByLabel("Days")).toHaveValue("91");
  await expect(page.getByLabel("Reason")).toHaveValue("A long evaluation, with “quotes” & <angles>");
});

test("a target that changed after the preview stops the run and shows the fresh preview", async ({
  page,
  world,
  signInStaff,
  noSeriousViolations,
}) => {
  await signInStaff(["support"]);
  await page.goto(`/admin/operations/subscription.extendTrial?targetId=${world.id}`);
  await page.getByLabel("Days").fill("7");
  await page.getByLabel("Reason").fill("One week longer");
  await page.getByRole("button", { name: "Preview" }).click();
  const first = page.url();
  await arrange((db) =>
    db.subscription.update({
      where: { organizationId: world.id },
      data: { trialEndsAt: new Date("2099-03-01T23:59:59Z") },
      select: { id: true },
    }),
  );
  await page.getByLabel(/^Type/).fill(world.slug);
  await page.getByRole("button", { name: "Extend trial" }).click();
  await expect(page).not.toHaveURL(first);
  await expect(page.getByRole("main")).toContainText(/nothing was done/i);
  await expect(page.getByRole("main")).toContainText("8 Mar 2099");
  expect(await findEvents({ targetId: world.id, operation: "subscription.extendTrial", outcome: "succeeded" })).toEqual([]);
  await noSeriousViolations(page);
  await page.goto(first);
  await expect(page.getByRole("main")).toContainText(/fresh/i);
  await page.goBack();
  await page.getByLabel(/^Type/).fill(world.slug);
  await page.getByRole("button", { name: "Extend trial" }).click();
  await expect(page).toHaveURL(/\/admin\/runs\/evt_/);
  await page.goBack();
  await expect(page.getByRole("main")).toContainText(/already run/i);
});

test("the customer's timeline leads to what takes a run back, filled in; once something later changed the same, it says why not", async ({
  page,
  world,
  signInStaff,
}) => {
  const staff = await signInStaff(["support"]);
  const { name } = await writer().organization.findUniqueOrThrow({ where: { id: world.id }, select: { name: true } });
  const renameTo = async (newName: string) => {
    await preview(page, { operation: "organization.rename", targetId: world.id, fields: { "New name": newName } });
    await confirm(page, { button: "Rename" });
  };
  const takeBackTheLast = async () => {
    await page.goto(`/admin/organizations/${world.id}`);
    await page.getByRole("link", { name: "Take back" }).first().click();
    await expect(page).toHaveURL(/\/admin\/operations\/organization\.rename\?.*undoOf=evt_/);
  };
  await renameTo(`Renamed ${unique()}`);
  await takeBackTheLast();
  const form = page.url();
  await expect(page.getByLabel("New name")).toHaveValue(name);
  await fillIn(page, {});
  await confirm(page, { button: "Rename" });
  const [latest] = (await findEvents({ actorId: staff.id, operation: "organization.rename" })).slice(-1);
  expect(latest?.metadata).toMatchObject({ undoOf: expect.stringMatching(/^evt_/) });
  await page.goto(form);
  await expect(page.getByRole("main")).toContainText("It was changed again since");
});

test("what somebody may not do is shown with who could, and refused when tried all the same", async ({ page, world, signInStaff }) => {
  const viewer = await signInStaff(["viewer"]);
  await page.goto(`/admin/organizations/${world.id}`);
  await expect(page.getByRole("link", { name: "Suspend" })).toHaveCount(0);
  await expect(page.getByRole("main")).toContainText(/Needs the role operations/);
  await page.goto(`/admin/operations/organization.suspend?targetId=${world.id}`);
  await expect(page.getByRole("main")).toContainText("You may not do this. Needs the role operations.");
  await page.request.post("/admin/operations/organization.suspend/submit", {
    form: { targetId: world.id, reason: "Trying it", ticket: "T-1" },
    headers: { origin: new URL(page.url()).origin },
  });
  expect(await findEvents({ actorId: viewer.id, targetId: world.id })).toMatchObject([
    { operation: "organization.suspend", outcome: "denied" },
  ]);
});

test("suspending an organization closes the product at once and refuses its pings; unsuspending opens both", async ({
  page,
  browser,
  world,
  signInStaff,
  signInCustomer,
  request,
  noSeriousViolations,
}) => {
  await signInStaff(["operations"]);
  const customer = await browser.newContext();
  await signInCustomer(world.people.owner.actor, customer);
  const product = await customer.newPage();
  const monitors = new URL(`/o/${world.slug}/monitors`, process.env.APP_URL).href;
  await product.goto(monitors);
  await expect(product.getByText(world.monitor.name)).toBeVisible();
  expect((await request.get(`/ping/${world.monitor.pingKey}`)).status()).toBe(200);

  await page.goto(`/admin/operations/organization.suspend?targetId=${world.id}`);
  await page.getByLabel("Reason").fill("Fraud is being looked into");
  await page.getByLabel(/^Ticket/).fill("SUP-1");
  await page.getByRole("button", { name: "Preview" }).click();
  await page.getByLabel(/^Type/).fill(world.slug);
  await page.getByRole("button", { name: "Suspend" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Done");

  await product.goto(monitors);
  await expect(product.getByText(/suspended/i).first()).toBeVisible();
  await expect(product.getByText(world.monitor.name)).toHaveCount(0);
  await noSeriousViolations(product);
  const refused = await request.get(`/ping/${world.monitor.pingKey}`);
  expect([refused.status(), await refused.text()]).toEqual([403, expect.stringMatching(/suspended/i)]);

  await page.goto(`/admin/operations/organization.unsuspend?targetId=${world.id}`);
  await page.getByLabel("Reason").fill("It was none");
  await page.getByLabel(/^Ticket/).fill("SUP-1");
  await page.getByRole("button", { name: "Preview" }).click();
  await page.getByLabel(/^Type/).fill(world.slug);
  await page.getByRole("button", { name: "Unsuspend" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Done");
  await product.goto(monitors);
  await expect(product.getByText(world.monitor.name)).toBeVisible();
  await customer.close();
});

import { hashPassword } from "#server/auth/password.ts";
import { writer } from "#server/db.ts";
import { arrange } from "#testing/fixtures.ts";
import { expect, findEvents, test } from "./fixtures.ts";
import { asOwner } from "./footprint.ts";
import { mailTo } from "./mailbox.ts";
import { confirm, preview } from "./staff-steps.ts";

test.use({ baseURL: process.env.APP_URL ?? "" });

const deletionOf = (organizationId: string) => writer().scheduledDeletion.findUnique({ where: { organizationId } });

test("a flag changes the product for its customer until its day, and staff see until when", async ({
  page,
  world,
  signInStaff,
  signInCustomer,
}) => {
  await signInStaff(["engineering"]);
  await signInCustomer(world.people.owner.actor);
  const schedule = page.getByRole("columnheader", { name: "Schedule" });
  await page.goto(`/o/${world.slug}/monitors`);
  await expect(schedule).toBeVisible();
  await page.goto(`/admin/organizations/${world.id}`);
  await page.getByRole("link", { name: "Compact list of monitors" }).click();
  await expect(page.getByLabel("Flag")).toHaveValue("compactMonitorList");
  await page.getByLabel("Until the end of").fill("2099-05-31");
  await page.getByLabel("Reason").fill("They have many");
  await page.getByRole("button", { name: "Preview" }).click();
  await confirm(page, { button: "Set a flag" });
  await expect(async () => {
    await page.goto(`/o/${world.slug}/monitors`);
    await expect(schedule).toHaveCount(0, { timeout: 100 });
  }).toPass({ timeout: 5_000 });
  await page.goto(`/admin/organizations/${world.id}`);
  await expect(page.getByRole("listitem").filter({ hasText: "compactMonitorList" })).toContainText(
    "on, set here, until 31 May 2099, 23:59 UTC",
  );
});

test("one organization's maintenance is said to its people alone", async ({ page, world, signInStaff, signInCustomer, request }) => {
  await signInStaff(["operations"]);
  await signInCustomer(world.people.member.actor);
  await preview(page, { operation: "organization.startMaintenance", targetId: world.id, fields: { Message: "Back at noon." } });
  await confirm(page, { button: "Start maintenance", phrase: world.slug });
  const response = await page.goto(`/o/${world.slug}/monitors`);
  expect([response?.status(), response?.headers()["retry-after"]]).toEqual([503, "120"]);
  await expect(page.getByRole("main")).toContainText("is under maintenance: Back at noon.");
  expect((await request.get(`/ping/${world.monitor.pingKey}`)).status()).toBe(200);
  await preview(page, { operation: "organization.endMaintenance", targetId: world.id });
  await confirm(page, { button: "End maintenance" });
  await page.goto(`/o/${world.slug}/monitors`);
  await expect(page.getByText(world.monitor.name)).toBeVisible();
});

test("a deletion that staff schedule is shown to the owner, who calls it off", async ({
  page,
  browser,
  world,
  signInStaff,
  signInCustomer,
  noSeriousViolations,
}) => {
  const { owner, member } = world.people;
  await signInStaff(["operations"]);
  await preview(page, { operation: "organization.scheduleDeletion", targetId: world.id, fields: { "Days from now": "5" } });
  await expect(page.getByRole("main")).toContainText("3 people lose access.");
  await confirm(page, { button: "Schedule deletion", phrase: world.slug });
  await page.goto(`/admin/organizations/${world.id}`);
  await expect(page.getByText("To be deleted", { exact: true })).toBeVisible();
  await mailTo(owner.email, `${world.name} will be deleted`);

  const customer = await browser.newContext();
  await signInCustomer(member.actor, customer);
  const product = await customer.newPage();
  await product.goto(`/o/${world.slug}/settings`);
  await expect(product.getByRole("button", { name: "Keep it" })).toBeDisabled();
  await signInCustomer(owner.actor, customer);
  await product.goto(`/o/${world.slug}/monitors`);
  await product.getByRole("link", { name: "settings", exact: true }).click();
  await expect(product.getByRole("main")).toContainText("3 people lose access.");
  await noSeriousViolations(product);
  await product.getByRole("button", { name: "Keep it" }).click();
  await expect(product.getByRole("heading", { name: "Delete this organization" })).toBeVisible();
  expect(await deletionOf(world.id)).toBeNull();
  await mailTo(owner.email, `${world.name} will not be deleted`);
  await customer.close();
});

test("an owner deletes by typing the slug; when the day has come the worker does it, and the audit remains", async ({
  page,
  world,
  signInCustomer,
  noSeriousViolations,
}) => {
  const { owner } = world.people;
  await signInCustomer(owner.actor);
  await page.goto(`/o/${world.slug}/settings`);
  await noSeriousViolations(page);
  const submit = page.getByRole("button", { name: "Delete this organization" });
  await page.getByLabel(/^Type/).fill("something else");
  await submit.click();
  await expect(page.getByRole("alert").first()).toContainText(world.slug);
  expect(await deletionOf(world.id)).toBeNull();
  await page.getByLabel(/^Type/).fill(world.slug);
  await submit.click();
  await expect(page.getByRole("heading", { name: "This organization is to be deleted" })).toBeVisible();
  await asOwner(`UPDATE "ScheduledDeletion" SET "dueAt" = now() - interval '1 day' WHERE "organizationId" = $1`, [world.id]);

  const left = () => writer().organization.count({ where: { id: world.id } });
  await expect.poll(left, { timeout: 30_000 }).toBe(0);
  expect(await writer().user.count({ where: { id: owner.id } })).toBe(0);
  const events = await findEvents({ organizationId: world.id, outcome: "succeeded", actorType: { in: ["user", "system"] } });
  expect(events.slice(-2)).toMatchObject([
    { operation: "organization.requestDeletion", actorId: owner.id },
    { operation: "organization.delete", actorType: "system" },
  ]);
  expect(events.every(({ targetLabel }) => targetLabel === world.name)).toBe(true);
  await mailTo(owner.email, `${world.name} was deleted`);
  await page.goto(`/o/${world.slug}/monitors`);
  await expect(page).toHaveURL(/\/sign-in/);
});

test("nobody signs in to an organization that was deactivated, and is told so", async ({ page, world, signInStaff, browser }) => {
  const { owner } = world.people;
  const passwordHash = await hashPassword("a password to try");
  await arrange((db) =>
    db.user.update({ where: { id: owner.id }, data: { passwordHash, emailVerifiedAt: new Date() }, select: { id: true } }),
  );
  await signInStaff(["operations"]);
  await preview(page, { operation: "organization.deactivate", targetId: world.id });
  await confirm(page, { button: "Deactivate", phrase: world.slug });
  await mailTo(owner.email, `${world.name} was deactivated`);
  const visitor = await (await browser.newContext()).newPage();
  const signIn = async () => {
    await visitor.goto("/sign-in");
    await visitor.getByLabel("E-mail").fill(owner.email);
    await visitor.getByLabel("Password").fill("a password to try");
    await visitor.getByRole("button", { name: "Sign in" }).click();
  };
  await signIn();
  await expect(visitor.getByRole("alert").first()).toContainText(`${world.name} is deactivated. Nothing is lost; contact support`);
  await preview(page, { operation: "organization.reactivate", targetId: world.id });
  await confirm(page, { button: "Reactivate", phrase: world.slug });
  await signIn();
  await expect(visitor.getByText(world.monitor.name)).toBeVisible();
  await visitor.context().close();
});

test("a link on another site searches nothing until the reader says so", async ({ page, world, signInStaff }) => {
  const staff = await signInStaff(["support"]);
  const asLinked = async (path: string) => (await page.request.get(path, { headers: { "sec-fetch-site": "cross-site" } })).text();
  for (const path of ["/admin/search", "/admin/organizations", "/admin/users", "/admin/audit"]) {
    const html = await asLinked(`${path}?q=${world.slug}`);
    expect(html).toContain("Nothing was searched or recorded yet");
    expect(html).toContain(`value="${world.slug}"`);
  }
  expect(await findEvents({ actorId: staff.id, operation: "search.run" })).toEqual([]);
  await page.goto(`/admin/search?q=${world.slug}`);
  await expect(page.getByRole("link", { name: world.name })).toBeVisible();
});

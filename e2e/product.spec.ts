import { hashPassword } from "#server/auth/password.ts";
import { arrange } from "#testing/fixtures.ts";
import { expect, findEvents, test } from "./fixtures.ts";

const password = "correct horse battery";

test("a customer signs in by the form, and a wrong password is told without saying which part was wrong", async ({ page, world }) => {
  const { owner } = world.people;
  const passwordHash = await hashPassword(password);
  await arrange((db) => db.user.update({ where: { id: owner.id }, data: { passwordHash }, select: { id: true } }));
  await page.goto(`/o/${world.slug}/members`);
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  for (const [email, typed] of [
    [owner.email, "wrong password"],
    ["nobody@nowhere.example", password],
  ] as const) {
    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("Password").fill(typed);
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByRole("alert").first()).toContainText("Wrong e-mail or password");
    await expect(page.getByLabel("E-mail")).toHaveValue(email);
  }
  await page.getByLabel("E-mail").fill(owner.email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(new RegExp(`/o/${world.slug}/members`));
  const signIns = await findEvents({ operation: "user.signIn", targetId: owner.id });
  expect(signIns.map(({ outcome }) => outcome)).toEqual(["denied", "succeeded"]);
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.goto(`/o/${world.slug}/members`);
  await expect(page).toHaveURL(/\/sign-in/);
});

test("where the organization is suspended the sign-in says so by name, and only after the right password", async ({
  page,
  world,
  noSeriousViolations,
}) => {
  const { owner } = world.people;
  const passwordHash = await hashPassword(password);
  await arrange(async (db) => {
    await db.user.update({ where: { id: owner.id }, data: { passwordHash }, select: { id: true } });
    await db.suspension.create({ data: { organizationId: world.id, reason: "Unpaid", ticket: "T-1" }, select: { id: true } });
  });
  await page.goto("/sign-in");
  for (const [typed, sentence] of [
    ["wrong password", "Wrong e-mail or password"],
    [password, `${world.name} is suspended. Nothing is lost; contact support to find out more.`],
  ] as const) {
    await page.getByLabel("E-mail").fill(owner.email);
    await page.getByLabel("Password").fill(typed);
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByRole("alert").first()).toContainText(sentence);
  }
  await expect(page).toHaveURL(/\/sign-in/);
  await expect(page.getByRole("alert").first()).not.toContainText("Unpaid");
  await noSeriousViolations(page);
  const signIns = await findEvents({ operation: "user.signIn", targetId: owner.id });
  expect(signIns.map(({ outcome }) => outcome)).toEqual(["denied", "denied"]);
});

test("a monitor is created, pinged, edited and deleted, each an audited operation", async ({
  page,
  request,
  world,
  signInCustomer,
  noSeriousViolations,
}) => {
  await signInCustomer(world.people.admin.actor);
  await page.goto(`/o/${world.slug}/monitors`);
  await page.getByRole("link", { name: "New monitor" }).click();
  await page.getByLabel("Name").fill("Nightly backup");
  await page.getByLabel(/^Expected/).fill("1440");
  await page.getByLabel(/^Grace/).fill("30");
  await page.getByRole("button", { name: "Create monitor" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Nightly backup");
  const address = /http[^ ]+?\/ping\/[0-9a-f]{64}/.exec((await page.getByRole("main").textContent()) ?? "")?.[0] ?? "";
  expect((await request.get(address)).status()).toBe(200);
  expect((await request.post(address)).status()).toBe(200);
  expect((await request.get(`${address.slice(0, -4)}0000`)).status()).toBe(404);
  await page.reload();
  await expect(page.getByRole("main")).toContainText("up");
  await noSeriousViolations(page);

  await page.getByRole("link", { name: "Edit" }).click();
  await page.getByLabel("Name").fill("");
  await page.getByLabel("Name").fill("Weekly backup");
  await page.getByRole("button", { name: /save/i }).click();
  await expect(page.getByRole("main")).toContainText("Weekly backup");

  await page.goto(`/o/${world.slug}/monitors`);
  await page.getByRole("link", { name: "Weekly backup" }).click();
  await page.getByRole("link", { name: "Delete" }).click();
  await page.getByLabel(/^Type/).fill("Weekly");
  await page.getByRole("button", { name: "Delete monitor" }).click();
  await expect(page.getByText(/exactly/).first()).toBeVisible();
  await page.getByLabel(/^Type/).fill("Weekly backup");
  await page.getByRole("button", { name: "Delete monitor" }).click();
  await expect(page).toHaveURL(new RegExp(`/o/${world.slug}/monitors`));
  await expect(page.getByRole("link", { name: "Weekly backup" })).toHaveCount(0);
  const events = await findEvents({ organizationId: world.id, actorId: world.people.admin.id, outcome: "succeeded" });
  expect(events.map(({ operation }) => operation)).toEqual(["monitor.create", "monitor.update", "monitor.delete"]);
});

test("an owner renames the organization and changes a role; the last owner stays; a member may do neither", async ({
  page,
  browser,
  world,
  signInCustomer,
}) => {
  await signInCustomer(world.people.owner.actor);
  const members = `/o/${world.slug}/members`;
  await page.goto(members);
  await page.getByLabel("New name").fill("Renamed by its owner");
  await page.getByRole("button", { name: "Rename" }).click();
  await expect(page.getByText("Renamed by its owner").first()).toBeVisible();

  await page.goto(`${members}/${world.people.member.membershipId}`);
  await page.getByLabel(/role/i).selectOption("admin");
  await page.getByLabel(/^Type/).fill(world.people.member.email);
  await page.getByRole("button", { name: "Change role" }).click();
  await expect(page.getByRole("row", { name: world.people.member.name })).toContainText("admin");

  await page.goto(`${members}/${world.people.owner.membershipId}`);
  await page.getByLabel(/role/i).selectOption("member");
  await page.getByLabel(/^Type/).fill(world.people.owner.email);
  await page.getByRole("button", { name: "Change role" }).click();
  await expect(page.getByText(/last owner/).first()).toBeVisible();

  const other = await browser.newContext({ baseURL: process.env.APP_URL ?? "" });
  await signInCustomer({ ...world.people.admin.actor }, other);
  const theirs = await other.newPage();
  await theirs.goto(members);
  await expect(theirs.getByRole("button", { name: "Rename" })).toBeDisabled();
  await other.close();
});

test("changing the password ends the other sessions, and a wrong one is refused", async ({ page, browser, world, signInCustomer }) => {
  const { owner } = world.people;
  const passwordHash = await hashPassword(password);
  const elsewhere = await arrange(async (db) => {
    await db.user.update({ where: { id: owner.id }, data: { passwordHash }, select: { id: true } });
    return db.session.create({ data: { userId: owner.id }, select: { id: true } });
  });
  const phone = await browser.newContext({ baseURL: process.env.APP_URL ?? "" });
  await signInCustomer({ ...owner.actor, sessionId: elsewhere.id }, phone);
  await signInCustomer(owner.actor);
  await page.goto("/security");
  const form = page.locator("form", { has: page.getByLabel("New password") });
  await form.getByLabel("Current password").fill("not the password");
  await form.getByLabel("New password").fill("a new and longer password");
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByText(/not your current password/).first()).toBeVisible();
  await expect(form.getByLabel("New password")).toHaveValue("");
  await form.getByLabel("Current password").fill(password);
  await form.getByLabel("New password").fill("a new and longer password");
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByText(/Done/).first()).toBeVisible();
  const onPhone = await phone.newPage();
  await onPhone.goto("/security");
  await expect(onPhone).toHaveURL(/\/sign-in/);
  await phone.close();
});

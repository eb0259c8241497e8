import { hashPassword, verifyPassword } from "#server/auth/password.ts";
import { writer } from "#server/db.ts";
import { arrange } from "#testing/fixtures.ts";
import { expect, findEvents, test } from "./fixtures.ts";
import { ownUrl } from "./impersonation-steps.ts";

const password = "correct horse battery";
const intruders = "an intruder's long password";

// Two people, so that the runs with and without JavaScript do not meet in one staff member's impersonation.
const staffNames = { true: "Sam Okafor", false: "Sofia Marques" };

test("the main job: sign in, find, extend the trial, look through the customer's eyes, and find it all in the audit", async ({
  page,
  world,
  javaScriptEnabled,
  noSeriousViolations,
}) => {
  test.setTimeout(120_000);
  const name = staffNames[`${javaScriptEnabled !== false}`];
  const { owner } = world.people;
  const passwordHash = await hashPassword(password);
  await arrange((db) => db.user.update({ where: { id: owner.id }, data: { passwordHash }, select: { id: true } }));

  await test.step("sign in through the identity provider", async () => {
    await page.goto("/admin");
    await expect(page).toHaveURL(/\/admin\/sign-in/);
    await noSeriousViolations(page);
    await page.getByRole("button", { name: /identity provider/i }).click();
    await page.getByRole("button", { name }).click();
    await expect(page).toHaveURL(/\/admin$/);
    await expect(page.getByRole("banner")).toContainText(name);
  });

  await test.step("find the customer by a fragment of an e-mail", async () => {
    const fragment = owner.email.slice(2, 16);
    await page.getByPlaceholder("E-mail, name, slug or id").first().fill(fragment);
    await page.getByPlaceholder("E-mail, name, slug or id").first().press("Enter");
    await expect(page).toHaveURL(/\/admin\/search\?q=/);
    await page.getByRole("main").getByRole("link", { name: owner.name }).click();
    await page.getByRole("main").getByRole("link", { name: world.name }).first().click();
    await expect(page.getByRole("heading", { level: 1 })).toContainText(world.name);
    await expect(page.getByRole("main")).toContainText("1 Jan 2099");
    await noSeriousViolations(page);
  });

  await test.step("extend the trial: form, preview of the exact rows, typed confirmation, done", async () => {
    await page.getByRole("link", { name: "Extend trial" }).click();
    await page.getByLabel("Days").fill("7");
    await page.getByLabel("Reason").fill("They evaluate one week longer");
    await page.getByLabel(/^Ticket/).fill("SUP-4211");
    await page.getByRole("button", { name: "Preview" }).click();
    await expect(page).toHaveURL(/\/admin\/proposals\/pro_/);
    const preview = page.getByRole("main");
    await expect(preview).toContainText("1 Jan 2099");
    await expect(preview).toContainText("8 Jan 2099");
    await noSeriousViolations(page);
    await page.getByLabel(/^Type/).fill("something else");
    await page.getByRole("button", { name: "Extend trial" }).click();
    await expect(page).toHaveURL(/\/admin\/proposals\/pro_/);
    await expect(page.getByText(/Nothing was done/).first()).toBeVisible();
    await page.getByLabel(/^Type/).fill(world.slug);
    await page.getByRole("button", { name: "Extend trial" }).click();
    await expect(page).toHaveURL(/\/admin\/runs\/evt_/);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Done");
    await noSeriousViolations(page);
  });

  await test.step("see the event in the audit log with before and after", async () => {
    await page.getByRole("link", { name: "Audit", exact: true }).click();
    await page.getByLabel("Ticket").fill("SUP-4211");
    await page.getByRole("button", { name: "Filter" }).click();
    await page
      .getByRole("main")
      .getByRole("link", { name: new RegExp(world.name) })
      .first()
      .click();
    await expect(page).toHaveURL(/\/admin\/audit\/evt_/);
    await expect(page.getByRole("main")).toContainText("1 Jan 2099");
    await expect(page.getByRole("main")).toContainText("8 Jan 2099");
    await expect(page.getByRole("main")).toContainText("They evaluate one week longer");
    await noSeriousViolations(page);
  });

  await test.step("start an impersonation with reason and ticket", async () => {
    await page.goto(`/admin/users/${owner.id}`);
    await page.getByRole("link", { name: "View as this person" }).click();
    await page.getByLabel("Reason").fill("They see no monitors");
    await page.getByRole("button", { name: "Preview" }).click();
    await expect(page).toHaveURL(/operations\/impersonation\.start/);
    await page.getByLabel(/^Ticket/).fill("SUP-4212");
    await page.getByRole("button", { name: "Preview" }).click();
    await page.getByLabel(/^Type/).fill(owner.email);
    await page.getByRole("button", { name: "View as this person" }).click();
    await expect(page).toHaveURL(/\/admin\/impersonations\/imp_/);
    await page.getByRole("button", { name: /view/i }).click();
  });

  const banner = page.getByRole("region", { name: "Impersonation" });
  await test.step("see the customer's product under the banner", async () => {
    await expect(page).toHaveURL(new RegExp(`/o/${world.slug}`));
    await expect(banner).toContainText(`You are viewing as ${owner.name} (${world.name}) as ${name}. All actions are being logged.`);
    await expect(page.getByRole("main")).toContainText(world.monitor.name);
    await noSeriousViolations(page);
    await page.goto("/no/such/page");
    await expect(banner).toBeVisible();
  });

  await test.step("be refused when trying to change the customer's password", async () => {
    await page.goto("/security");
    await expect(banner).toBeVisible();
    await expect(page.getByRole("main")).toContainText(/read-only/i);
    // With the right password, so that nothing but the seat can be the reason.
    const answer = await page.request.post("/operations/user.changePassword", {
      form: { targetId: owner.id, "input.currentPassword": password, "input.newPassword": intruders, back: "/security" },
      headers: { origin: ownUrl() },
      maxRedirects: 0,
    });
    expect(answer.status()).toBe(303);
    const { location = "" } = answer.headers();
    expect(location).toBe("/security?refused=user.changePassword");
    await page.goto(location);
    await expect(banner).toBeVisible();
    await expect(page.getByRole("main").getByRole("alert")).toHaveText(
      `You are viewing as ${owner.name}, read-only: nothing can be changed.`,
    );
    const after = await writer().user.findUniqueOrThrow({ where: { id: owner.id }, select: { passwordHash: true } });
    expect(after.passwordHash).toBe(passwordHash);
    expect(await verifyPassword(after.passwordHash, password)).toBe(true);
    await noSeriousViolations(page);
  });

  await test.step("end it, and the product is closed again", async () => {
    await banner.getByRole("button", { name: "End" }).click();
    await expect(page).toHaveURL(/\/admin\/impersonations\/imp_/);
    await expect(page.getByRole("main")).toContainText(/ended/i);
    await page.goto(`/o/${world.slug}/monitors`);
    await expect(banner).toHaveCount(0);
    await expect(page.getByText(world.monitor.name)).toHaveCount(0);
  });

  await test.step("find all of it in the audit log under both identities", async () => {
    const events = await findEvents({
      OR: [{ targetId: world.id }, { targetId: owner.id }, { onBehalfOfId: owner.id }, { targetId: owner.membershipId }],
    });
    expect(events.map(({ operation, outcome, onBehalfOfId }) => [operation, outcome, onBehalfOfId])).toEqual([
      ["subscription.extendTrial", "succeeded", null],
      ["impersonation.start", "succeeded", null],
      ["impersonation.enter", "succeeded", owner.id],
      ["user.changePassword", "denied", owner.id],
      ["impersonation.end", "succeeded", owner.id],
    ]);
    expect(new Set(events.map(({ actorLabel }) => actorLabel))).toEqual(new Set([name]));
    expect(events.find(({ operation }) => operation === "user.changePassword")?.metadata).toMatchObject({ code: "IMPERSONATION_REFUSED" });
    const impersonationId = events.at(-1)?.impersonationId ?? "";
    await page.goto(`/admin/audit?impersonation=${impersonationId}`);
    const main = page.getByRole("main");
    await expect(main).toContainText(`as ${owner.name}`);
    await expect(main).toContainText(name);
    await expect(main).toContainText(/denied/i);
    await noSeriousViolations(page);
  });
});

import { writer } from "#server/db.ts";
import { unique } from "#testing/fixtures.ts";
import { accountPassword, enableTwoFactor, setPassword } from "#testing/scenarios/accounts.ts";
import { codeOf } from "#testing/second-factor.ts";
import { enterCode, forgetSource, signIn } from "./account-steps.ts";
import { expect, findEvents, test } from "./fixtures.ts";
import { mailTo } from "./mailbox.ts";

const newPassword = "unrelated lantern parade";

test.beforeEach(forgetSource);

test("a second factor: turned on, asked for, taken once, recovered from, and turned off", async ({ page, world, noSeriousViolations }) => {
  test.setTimeout(120_000);
  const { owner } = world.people;
  await setPassword(owner.id);
  await signIn(page, owner.email, accountPassword);
  await expect(page).toHaveURL(/\/monitors/);
  await page.goto("/security");
  await page.getByRole("link", { name: "Set up a second factor" }).click();
  await noSeriousViolations(page);
  await expect(page.getByRole("img", { name: /QR code/ })).toBeVisible();
  const secretOf = async () => ((await page.locator("p code").first().textContent()) ?? "").replaceAll(" ", "");
  const secret = await secretOf();
  await page.getByLabel("Code from the app").fill("000000");
  await page.getByLabel("Current password").fill(accountPassword);
  await page.getByRole("button", { name: /second factor on/ }).click();
  await expect(page.getByText(/not the code that the app shows/)).toBeVisible();
  expect(await secretOf()).toBe(secret);
  await page.getByLabel("Code from the app").fill(await codeOf(secret, -1));
  await page.getByLabel("Current password").fill(accountPassword);
  await page.getByRole("button", { name: /second factor on/ }).click();
  await expect(page).toHaveURL(/recovery-codes/);
  const codes = await page.getByRole("list", { name: "Recovery codes" }).getByRole("listitem").allTextContents();
  expect(codes).toHaveLength(10);
  await noSeriousViolations(page);
  await page.getByRole("button", { name: "I have kept them" }).click();
  await page.goto("/security/recovery-codes");
  await expect(page.getByRole("list", { name: "Recovery codes" })).toHaveCount(0);
  await mailTo(owner.email, "The second factor is on");

  await page.getByRole("button", { name: "Sign out" }).click();
  await signIn(page, owner.email, accountPassword);
  await noSeriousViolations(page);
  const code = await codeOf(owner.id);
  await enterCode(page, code);
  await expect(page).toHaveURL(/\/monitors/);
  await page.goto("/security");
  await page.getByRole("button", { name: "Sign out" }).click();
  await signIn(page, owner.email, accountPassword);
  await enterCode(page, code);
  await expect(page.getByRole("alert").first()).toContainText("not right, or was used before");
  await enterCode(page, codes[0] ?? "");
  await expect(page).toHaveURL(/\/monitors/);
  await mailTo(owner.email, "A recovery code was used");
  await page.goto("/security");
  await page.getByRole("button", { name: "Sign out" }).click();
  await signIn(page, owner.email, accountPassword);
  await enterCode(page, codes[0] ?? "");
  await expect(page.getByRole("alert").first()).toContainText("not right, or was used before");
  await enterCode(page, codes[1] ?? "");
  await expect(page).toHaveURL(/\/monitors/);

  await page.goto("/security");
  await expect(page.getByText("8 recovery codes left")).toBeVisible();
  const off = page.locator("form", { has: page.getByLabel(/or a recovery code/) });
  await off.getByLabel("Current password").fill(accountPassword);
  await off.getByLabel(/or a recovery code/).fill(codes[2] ?? "");
  await off.getByRole("button", { name: /off/ }).click();
  await expect(page.getByRole("link", { name: "Set up a second factor" })).toBeVisible();
  await expect(page.getByRole("row", { name: /The second factor was turned off/ })).toContainText("You");
});

test("after five failures the form says how long to wait, the same with or without an account", async ({ page, world }) => {
  const { owner } = world.people;
  await setPassword(owner.id);
  for (const email of [`${unique()}@nowhere.example`, owner.email]) {
    await forgetSource();
    for (let count = 0; count < 4; count += 1) await signIn(page, email, "wrong");
    await expect(page.getByRole("alert").first()).toHaveText("Wrong e-mail or password.");
    await signIn(page, email, "wrong");
    await expect(page.getByRole("alert").first()).toHaveText("Wrong e-mail or password. Wait 1 minute before you try again.");
    await signIn(page, email, accountPassword);
    await expect(page.getByRole("alert").first()).toHaveText("Too many failed attempts. Try again in 1 minute.");
  }
  await expect.poll(async () => (await findEvents({ operation: "user.lockOut", targetId: owner.id })).length).toBe(1);
});

test("each form answers byte for byte the same, whether or not there is an account", async ({ request, world }) => {
  const { owner } = world.people;
  await setPassword(owner.id);
  const absent = owner.email.replace(/\w{4}@/, "0000@");
  const forms = {
    "/sign-in/submit": (email: string) => ({ email, password: "wrong" }),
    "/sign-up/submit": (email: string) => ({
      "input.name": "Dana",
      "input.organizationName": "Dana",
      "input.email": email,
      "input.password": newPassword,
    }),
    "/forgot-password/submit": (email: string) => ({ "input.email": email }),
  };
  for (const [path, fill] of Object.entries(forms)) {
    const answers = [];
    for (const email of [owner.email, absent]) {
      const response = await request.post(path, { form: fill(email), maxRedirects: 0, headers: { origin: process.env.APP_URL ?? "" } });
      const cookie = response.headers()["set-cookie"] ?? "";
      const shown = Buffer.from(/form-attempt=([^;]*)/.exec(cookie)?.[1] ?? "", "base64url").toString();
      answers.push({
        status: response.status(),
        location: response.headers().location,
        shown: shown.replace(email, "…"),
        body: await response.text(),
      });
    }
    expect(answers[0]?.status).toBe(303);
    expect(answers[0]).toEqual(answers[1]);
  }
});

test("staff see how somebody signs in, and take the second factor away with a ticket", async ({ page, world, signInStaff }) => {
  const { owner } = world.people;
  await enableTwoFactor(owner.id);
  await signInStaff(["operations"]);
  await page.goto(`/admin/users/${owner.id}`);
  await expect(page.getByText("10 unused codes")).toBeVisible();
  await page.getByRole("link", { name: "Reset second factor" }).click();
  await page.getByLabel("Reason").fill("Lost the phone, identity checked by video");
  await page.getByLabel("Ticket").fill("T-77");
  await page.getByRole("button", { name: /preview/i }).click();
  await expect(page.getByText(/The password alone signs/)).toBeVisible();
  await page.getByLabel(/^Type/).fill(owner.email);
  await page.getByRole("button", { name: /Reset second factor/ }).click();
  await expect(page).toHaveURL(/\/admin\/runs\//);
  await mailTo(owner.email, "Our staff took away your second factor");
  expect(await writer().user.findUniqueOrThrow({ where: { id: owner.id }, select: { totpEnabledAt: true } })).toEqual({
    totpEnabledAt: null,
  });
});

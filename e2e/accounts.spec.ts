import type { Page } from "@playwright/test";
import { writer } from "#server/db.ts";
import { unique } from "#testing/fixtures.ts";
import { accountPassword, enableTwoFactor, setPassword } from "#testing/scenarios/accounts.ts";
import { codeOf } from "#testing/second-factor.ts";
import { enterCode, forgetSource, signIn } from "./account-steps.ts";
import { expect, findEvents, test } from "./fixtures.ts";
import { linkIn, mailsTo, mailTo } from "./mailbox.ts";

const newPassword = "unrelated lantern parade";

test.beforeEach(forgetSource);

async function askToSignUp(page: Page, email: string, password = newPassword): Promise<void> {
  await page.goto("/sign-up");
  await page.getByLabel("Your name").fill("Dana Okafor");
  await page.getByLabel("Organization").fill("Okafor Bakeries");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign up" }).click();
}

async function confirmSignUp(page: Page, password: string): Promise<void> {
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Confirm and start" }).click();
}

test("somebody signs up through the mail, and the link works once", async ({ page, noSeriousViolations }) => {
  const email = `${unique()}@new.example`;
  await askToSignUp(page, email, "danaokafor123");
  await expect(page.getByText(/would be guessed soon/)).toBeVisible();
  await expect(page.getByLabel("Organization")).toHaveValue("Okafor Bakeries");
  await expect(page.getByLabel("Password")).toHaveValue("");
  await noSeriousViolations(page);
  await askToSignUp(page, email);
  await expect(page.getByRole("status")).toContainText(`We have sent a mail to ${email}`);
  const link = linkIn(await mailTo(email, "Confirm your address"));
  await page.goto(link);
  await page.reload();
  await noSeriousViolations(page);
  await expect(page.getByRole("main")).not.toContainText(/Dana|Okafor|@new/);
  await confirmSignUp(page, "not that one");
  await expect(page.getByText(/not the password of the sign-up/)).toBeVisible();
  expect(await writer().user.count({ where: { email } })).toBe(0);
  await confirmSignUp(page, newPassword);
  await expect(page).toHaveURL(/\/o\/okafor-bakeries(-\d+)?\/monitors/);
  await page.goto(link);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("This link is not good any more");
  const [event] = await findEvents({ operation: "user.confirmSignUp", outcome: "succeeded" });
  expect(event).toMatchObject({ actorType: "visitor" });
  await page.goto("/security");
  await page.getByRole("button", { name: "Sign out" }).click();
  await signIn(page, email, newPassword);
  await expect(page).toHaveURL(/\/o\/okafor-bakeries/);
});

test("who presses a link that a stranger asked for can guess a few times, and then has to wait", async ({ page }) => {
  const email = `${unique()}@new.example`;
  await askToSignUp(page, email);
  await page.goto(linkIn(await mailTo(email, "Confirm your address")));
  for (let guess = 1; guess <= 5; guess += 1) {
    await confirmSignUp(page, `guess number ${guess}`);
    await expect(page.getByText(/not the password of the sign-up/)).toBeVisible();
  }
  await confirmSignUp(page, newPassword);
  await expect(page.getByText(/Too many failed attempts/)).toBeVisible();
  expect(await writer().user.count({ where: { email } })).toBe(0);
});

test("somebody with an account gets the same page, and a mail that says so", async ({ page, world }) => {
  await askToSignUp(page, world.people.owner.email);
  await expect(page.getByRole("status")).toContainText(`We have sent a mail to ${world.people.owner.email}`);
  await mailTo(world.people.owner.email, "You have an account already");
  expect(await writer().user.count({ where: { email: world.people.owner.email } })).toBe(1);
});

test("a forgotten password is set through the mail, ends the sessions, and still asks for the second factor", async ({
  page,
  browser,
  world,
  signInCustomer,
}) => {
  const { owner } = world.people;
  await enableTwoFactor(owner.id);
  const elsewhere = await browser.newContext({ baseURL: process.env.APP_URL ?? "" });
  await signInCustomer(owner.actor, elsewhere);
  const absent = `${unique()}@nowhere.example`;
  for (const email of [absent, owner.email]) {
    await page.goto("/sign-in");
    await page.getByRole("link", { name: "Forgot your password?" }).click();
    await page.getByLabel("E-mail").fill(email);
    await page.getByRole("button", { name: "Send the link" }).click();
    await expect(page.getByRole("status")).toContainText(`If there is an account for ${email}`);
  }
  const link = linkIn(await mailTo(owner.email, "Set a new password"));
  expect(await mailsTo(absent)).toEqual([]);
  await page.goto(link.replace(/.$/, (last) => (last === "A" ? "B" : "A")));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("This link is not good any more");
  await page.goto(link);
  await page.getByLabel("New password").fill("password1234");
  await page.getByRole("button", { name: "Set password" }).click();
  await expect(page.getByText(/commonly used/)).toBeVisible();
  await page.getByLabel("New password").fill(newPassword);
  await page.getByRole("button", { name: "Set password" }).click();
  await expect(page.getByRole("status")).toContainText("Your password is set");
  await mailTo(owner.email, "Your password was changed");
  const other = await elsewhere.newPage();
  await other.goto("/security");
  await expect(other).toHaveURL(/\/sign-in/);
  await elsewhere.close();
  await signIn(page, owner.email, newPassword);
  await expect(page).toHaveURL(/\/sign-in\/code/);
  await enterCode(page, await codeOf(owner.id));
  await expect(page).toHaveURL(/\/monitors/);
});

test("an address changes when the new one is confirmed; the old one hears of it, and other sessions end", async ({
  page,
  browser,
  world,
  signInCustomer,
}) => {
  const { owner } = world.people;
  await setPassword(owner.id);
  const second = await writer().session.count({ where: { userId: owner.id } });
  expect(second).toBe(1);
  const email = `${unique()}@new.example`;
  await signIn(page, owner.email, accountPassword);
  await expect(page).toHaveURL(/\/monitors/);
  const phone = await browser.newContext({ baseURL: process.env.APP_URL ?? "" });
  await signInCustomer(owner.actor, phone);
  await page.goto("/security");
  const form = page.locator("form", { has: page.getByLabel("New e-mail") });
  await form.getByLabel("New e-mail").fill(email);
  await form.getByLabel("Current password").fill(accountPassword);
  await form.getByRole("button", { name: "Send the link" }).click();
  await expect(page.getByText(/^Done/)).toBeVisible();
  await mailTo(owner.email, "Your account is about to get another address");
  await page.goto(linkIn(await mailTo(email, "Confirm your new address")));
  await page.getByRole("button", { name: "Confirm this address" }).click();
  await expect(page).toHaveURL(/\/security/);
  await expect(page.getByText(email).first()).toBeVisible();
  await expect(page.getByRole("row", { name: /The e-mail address was confirmed/ })).toContainText("You");
  await mailTo(owner.email, "The address of your account was changed");
  const onPhone = await phone.newPage();
  await onPhone.goto("/security");
  await expect(onPhone).toHaveURL(/\/sign-in/);
  await phone.close();
});

test("whoever asks for another's address gets the usual answer, and its owner hears of it", async ({ page, world, signInCustomer }) => {
  const { owner, admin } = world.people;
  await setPassword(owner.id);
  await signInCustomer(owner.actor);
  await page.goto("/security");
  const form = page.locator("form", { has: page.getByLabel("New e-mail") });
  await form.getByLabel("New e-mail").fill(admin.email);
  await form.getByLabel("Current password").fill(accountPassword);
  await form.getByRole("button", { name: "Send the link" }).click();
  await expect(page.getByText(/^Done/)).toBeVisible();
  await mailTo(admin.email, "Somebody tried to use your address");
  expect((await mailsTo(admin.email)).map(({ subject }) => subject)).toEqual(["Somebody tried to use your address"]);
});

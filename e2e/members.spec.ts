import type { Page } from "@playwright/test";
import { writer } from "#server/db.ts";
import { unique } from "#testing/fixtures.ts";
import { accountPassword, setPassword } from "#testing/scenarios/accounts.ts";
import { makeGuest, makeInvitation } from "#testing/scenarios/people.ts";
import type { World } from "#testing/scenarios/scenario.ts";
import { forgetSource } from "./account-steps.ts";
import { expect, findEvents, test } from "./fixtures.ts";
import { asOwner } from "./footprint.ts";
import { linkIn, mailTo } from "./mailbox.ts";

const password = "unrelated lantern parade";
const address = () => `${unique()}@invited.example`;

test.beforeEach(forgetSource);

async function invite(page: Page, world: World, email: string, role = "member"): Promise<string> {
  await page.goto(`/o/${world.slug}/members`);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Role").selectOption(role);
  await page.getByRole("button", { name: "Send the invitation" }).click();
  await expect(page.getByRole("row", { name: email })).toContainText(role);
  return linkIn(await mailTo(email, `Your invitation to ${world.name}`));
}

test("somebody new is invited, gets the mail, makes an account and is in; the link works once", async ({
  page,
  browser,
  world,
  signInCustomer,
  noSeriousViolations,
  javaScriptEnabled,
}) => {
  const email = address();
  await signInCustomer(world.people.admin.actor);
  const link = await invite(page, world, email, "admin");
  await noSeriousViolations(page);

  const theirs = await browser.newContext({ baseURL: process.env.APP_URL ?? "", javaScriptEnabled: javaScriptEnabled ?? true });
  const invited = await theirs.newPage();
  await invited.goto(link);
  await expect(invited.getByRole("heading", { level: 1 })).toHaveText(`Join ${world.name}`);
  await expect(invited.getByRole("main")).toContainText(`${world.people.admin.name} invites ${email}`);
  await expect(invited.getByRole("main")).toContainText("as an admin");
  await noSeriousViolations(invited);
  await invited.getByLabel("Your name").fill("Noor Haddad");
  await invited.getByLabel("Password").fill("password1234");
  await invited.getByRole("button", { name: "Create my account and join" }).click();
  await expect(invited.getByText(/would be guessed soon/)).toBeVisible();
  await expect(invited.getByLabel("Your name")).toHaveValue("Noor Haddad");
  await expect(invited.getByLabel("Password")).toHaveValue("");
  await invited.getByLabel("Password").fill(password);
  await invited.getByRole("button", { name: "Create my account and join" }).click();
  await expect(invited).toHaveURL(new RegExp(`/o/${world.slug}/monitors`));
  await expect(invited.getByRole("banner").first()).toContainText("Noor Haddad");

  const replayed = await page.request.get(link);
  expect(replayed.status()).toBe(410);
  expect(await replayed.text()).toContain("A link works once");
  const [event] = await findEvents({ organizationId: world.id, operation: "invitation.acceptAsNewUser", outcome: "succeeded" });
  expect(event).toMatchObject({ actorType: "user", actorLabel: "Invited person" });
  await theirs.close();
});

test("somebody with an account signs in and joins; somebody else cannot", async ({ page, world, signInCustomer, context }) => {
  const guest = await makeGuest(address());
  await setPassword(guest.id);
  await signInCustomer(world.people.owner.actor);
  const link = await invite(page, world, guest.email);

  await page.goto(link);
  await expect(page.getByRole("main")).toContainText(
    `You are signed in as ${world.people.owner.email}, and this invitation is for ${guest.email}`,
  );
  await context.clearCookies();
  await page.goto(link);
  await page.getByRole("link", { name: "Sign in to accept" }).click();
  await page.getByLabel("E-mail").fill(guest.email);
  await page.getByLabel("Password").fill(accountPassword);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("button", { name: `Join ${world.name}` }).click();
  await expect(page).toHaveURL(new RegExp(`/o/${world.slug}/monitors`));
  await page.goto(`/o/${world.slug}/members`);
  await expect(page.getByRole("row", { name: guest.label })).toContainText("member");
});

test("a withdrawn, an altered and an expired link say what is wrong, and accept nothing", async ({
  page,
  world,
  signInCustomer,
  request,
}) => {
  const email = address();
  await signInCustomer(world.people.admin.actor);
  const link = await invite(page, world, email);
  await page.getByRole("row", { name: email }).getByRole("button", { name: "Withdraw" }).click();
  await expect(page.getByRole("row", { name: email })).toHaveCount(0);
  const token = new URLSearchParams(link.split("?")[1]).get("token") ?? "";
  const altered = token.replace(/^ivt_./, (start) => `${start.slice(0, -1)}${start.endsWith("0") ? "1" : "0"}`);
  for (const [given, status, sentence] of [
    [token, 410, /was withdrawn/],
    [altered, 404, /link is not whole/],
    [`${token}x`, 404, /link is not whole/],
    ["", 404, /link is not whole/],
  ] as const) {
    const page = await request.get(`/invitations/accept?${new URLSearchParams({ token: given })}`);
    expect(page.status()).toBe(status);
    expect(await page.text()).toMatch(sentence);
    const headers = { origin: process.env.APP_URL ?? "" };
    const form = { token: given, "input.name": "Mallory", "input.password": password };
    const posted = await request.post("/invitations/accept/submit", { form, headers, maxRedirects: 0 });
    expect(posted.status()).toBe(303);
    expect(posted.headers()["set-cookie"] ?? "").not.toContain("session");
  }
  expect(await writer().user.count({ where: { email } })).toBe(0);
});

test("a role is lent and counts until its time has passed; the person is told", async ({
  page,
  browser,
  world,
  signInCustomer,
  javaScriptEnabled,
}) => {
  const { owner, member } = world.people;
  await signInCustomer(owner.actor);
  await page.goto(`/o/${world.slug}/members/${member.membershipId}/elevate`);
  await page.getByLabel("Role until then").selectOption("admin");
  await page.getByLabel("Until (UTC)").fill(new Date(Date.now() + 3_600_000).toISOString().slice(0, 16));
  await page.getByLabel(/^Type/).fill(member.email);
  await page.getByRole("button", { name: "Lend a higher role" }).click();
  await expect(page.getByRole("main")).toContainText(/admin until .* UTC, then member/);
  await mailTo(member.email, `You are admin of ${world.name} for a while`);

  const theirs = await browser.newContext({ baseURL: process.env.APP_URL ?? "", javaScriptEnabled: javaScriptEnabled ?? true });
  await signInCustomer(member.actor, theirs);
  const billing = await theirs.newPage();
  await billing.goto(`/o/${world.slug}/billing`);
  await expect(billing.getByRole("heading", { name: "Invoices" })).toBeVisible();
  await endElevation(member.membershipId);
  expect((await billing.reload())?.status()).toBe(403);
  await expect(billing.getByRole("main")).toContainText("Owners and admins");
  await page.reload();
  await expect(page.getByRole("main")).not.toContainText("then member");
  await mailTo(member.email, `You are member of ${world.name} again`);
  await theirs.close();
});

test("a person is removed and reaches nothing; the last owner stays; a member leaves", async ({
  page,
  browser,
  world,
  signInCustomer,
  javaScriptEnabled,
}) => {
  const { owner, admin, member } = world.people;
  await signInCustomer(owner.actor);
  const members = `/o/${world.slug}/members`;
  const theirs = await browser.newContext({ baseURL: process.env.APP_URL ?? "", javaScriptEnabled: javaScriptEnabled ?? true });
  await signInCustomer(admin.actor, theirs);
  const removed = await theirs.newPage();
  await removed.goto(members);
  await expect(removed.getByRole("row", { name: owner.name }).getByRole("link")).toHaveCount(0);

  await page.goto(members);
  await page.getByRole("row", { name: admin.name }).getByRole("link", { name: "Change" }).click();
  await page.getByRole("link", { name: "Remove" }).click();
  await page.getByLabel(/^Type/).fill(admin.email);
  await page.getByRole("button", { name: "Remove" }).click();
  await expect(page.getByRole("row", { name: admin.name })).toHaveCount(0);
  expect((await removed.reload())?.status()).toBe(403);
  await mailTo(admin.email, `You were removed from ${world.name}`);
  await theirs.close();

  await page.goto(`${members}/${owner.membershipId}/remove`);
  await page.getByLabel(/^Type/).fill(owner.email);
  await page.getByRole("button", { name: "Leave" }).click();
  await expect(page.getByText(/last owner/).first()).toBeVisible();

  await signInCustomer(member.actor);
  await page.goto(`${members}/${member.membershipId}/remove`);
  await page.getByLabel(/^Type/).fill(member.email);
  await page.getByRole("button", { name: "Leave" }).click();
  await mailTo(owner.email, `${member.name} left ${world.name}`);
  expect((await page.goto(members))?.status()).toBe(403);
});

test("support invites on behalf of a customer, sees who is invited, and withdraws it", async ({ page, world, signInStaff }) => {
  await signInStaff(["operations"]);
  await makeInvitation(world, { email: address() });
  await page.goto(`/admin/organizations/${world.id}`);
  await expect(page.getByText(/4 of 5 used \(3 members and 1 open invitation\)/)).toBeVisible();
  await page.getByRole("region", { name: "Invitations" }).getByRole("link", { name: "Withdraw the invitation" }).click();
  await page.getByLabel("Reason").fill("The customer asked on the phone");
  await page.getByRole("button", { name: "Preview" }).click();
  await page.getByRole("button", { name: /run|confirm|withdraw/i }).click();
  await expect.poll(async () => (await findEvents({ organizationId: world.id, operation: "invitation.revoke" })).length).toBe(1);
  await page.goto(`/admin/organizations/${world.id}`);
  await expect(page.getByText("No invitation waits for an answer.")).toBeVisible();
});

function endElevation(membershipId: string): Promise<void> {
  return asOwner(`UPDATE "Membership" SET "elevatedUntil" = now() - interval '1 second' WHERE "id" = $1`, [membershipId]);
}

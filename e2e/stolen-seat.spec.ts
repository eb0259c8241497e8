import type { Browser, BrowserContext, Page } from "@playwright/test";
import type { StaffActor } from "#server/actor.ts";
import { impersonationCookie } from "#server/impersonation-session.ts";
import { expect, test } from "./fixtures.ts";
import { asOwner } from "./footprint.ts";
import { banner, enter, ownUrl } from "./impersonation-steps.ts";

test.describe("a stolen cookie is worth nothing at the next request", () => {
  const ways: [string, (id: string, staff: StaffActor, page: Page) => Promise<unknown>, number, RegExp][] = [
    ["after the end", (_id, _staff, page) => banner(page).getByRole("button", { name: "End" }).click(), 410, /You ended it/],
    [
      "after half an hour",
      (id) => asOwner(`UPDATE "Impersonation" SET "startedAt" = now() - interval '30 minutes', "expiresAt" = now() WHERE "id" = $1`, [id]),
      410,
      /30 minutes have passed/,
    ],
    ["after signing out", (_id, _staff, page) => signOut(page), 401, /staff session was ended/],
    [
      "after losing the role",
      (_id, { sessionId }) => asOwner(`UPDATE "StaffSession" SET "groupRoles" = '{billing}' WHERE "id" = $1`, [sessionId]),
      403,
      /no longer have the role/,
    ],
  ];
  for (const [when, happen, status, sentence] of ways) {
    test(when, async ({ page, browser, world, signInStaff, noSeriousViolations }) => {
      const staff = await signInStaff(["support"]);
      const id = await enter(page, { staff, world });
      const thief = await withStolenCookie(browser, id);
      const theirs = await thief.newPage();
      await theirs.goto(`/o/${world.slug}/monitors`);
      await expect(banner(theirs)).toContainText(staff.label);
      await happen(id, staff, page);
      const answer = await theirs.goto(`/o/${world.slug}/monitors`);
      expect(answer?.status()).toBe(status);
      await expect(theirs.getByRole("main")).toContainText(sentence);
      await noSeriousViolations(theirs);
      await expect(theirs.getByText(world.monitor.name)).toHaveCount(0);
      await expect(banner(theirs)).toHaveCount(0);
      const program = await theirs.request.get(`/api/trpc/organizations.mine`);
      expect(program.status()).toBe(401);
      await theirs.goto("/");
      await theirs.getByRole("button", { name: /^Leave/ }).click();
      await expect(theirs.getByRole("link", { name: "Sign in" }).first()).toBeVisible();
      await thief.close();
    });
  }
});

test("the kill switch ends it at the next request, and the page says who did", async ({
  page,
  browser,
  world,
  signInStaff,
  noSeriousViolations,
}) => {
  const staff = await signInStaff(["support"]);
  await enter(page, { staff, world });
  const other = await browser.newContext({ baseURL: ownUrl() });
  const boss = await signInStaff(["operations"], other);
  const theirs = await other.newPage();
  await theirs.goto(`/admin/operations/impersonation.endAllOf?targetId=${staff.id}`);
  await theirs.getByLabel("Reason").fill("A laptop was stolen");
  await theirs.getByRole("button", { name: "Preview" }).click();
  await theirs.getByLabel(/^Type/).fill(staff.email);
  await theirs.getByRole("button", { name: "End impersonations" }).click();
  await expect(theirs).toHaveURL(/\/admin\/impersonations$/);
  const answer = await page.goto(`/o/${world.slug}/monitors`);
  expect(answer?.status()).toBe(410);
  await expect(page.getByRole("main")).toContainText(`It was ended by ${boss.label}`);
  await expect(page.getByRole("link", { name: /record in the staff area/ })).toBeVisible();
  await noSeriousViolations(page);
  await other.close();
});

async function signOut(page: Page): Promise<void> {
  await page.goto("/admin");
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/sign-in/);
}

async function withStolenCookie(browser: Browser, id: string): Promise<BrowserContext> {
  const context = await browser.newContext({ baseURL: ownUrl() });
  const { name, value } = await impersonationCookie(id);
  await context.addCookies([{ name, value, domain: "localhost", path: "/", httpOnly: true, sameSite: "Lax" }]);
  return context;
}

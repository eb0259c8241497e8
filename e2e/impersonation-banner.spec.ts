import type { Page } from "@playwright/test";
import { expect, findEvents, test } from "./fixtures.ts";
import { asOwner } from "./footprint.ts";
import { banner, enter, ownUrl } from "./impersonation-steps.ts";

const timer = (page: Page) => banner(page).getByRole("timer");
const leave = (id: string, seconds: number) =>
  asOwner(
    `UPDATE "Impersonation" SET "startedAt" = now() + make_interval(secs => $2) - interval '30 minutes', "expiresAt" = now() + make_interval(secs => $2)
     WHERE "id" = $1`,
    [id, seconds],
  );

test("the banner says how long is left, and counts down", async ({ page, world, signInStaff }) => {
  const staff = await signInStaff(["support"]);
  const id = await enter(page, { staff, world });
  await expect(timer(page)).toHaveText(/^in (29:\d\d|30:00)$/);
  await leave(id, 110);
  await page.reload();
  await expect(timer(page)).toHaveText(/^in 1:\d\d$/);
  const first = await timer(page).textContent();
  await expect(timer(page)).not.toHaveText(first ?? "");
  await expect(timer(page)).toHaveText(/^in 1:\d\d$/);
});

test("without scripts it says the minutes, as they were when the page came", async ({ page, browser, world, signInStaff }) => {
  const staff = await signInStaff(["support"]);
  const id = await enter(page, { staff, world });
  const storageState = await page.context().storageState();
  const plain = await browser.newContext({ baseURL: ownUrl(), javaScriptEnabled: false, storageState });
  const still = await plain.newPage();
  for (const [seconds, text] of [
    [1_750, "in 30 minutes"],
    [110, "in 2 minutes"],
    [50, "within a minute"],
  ] as const) {
    await leave(id, seconds);
    await still.goto(`/o/${world.slug}/monitors`);
    await expect(timer(still)).toHaveText(text);
  }
  await plain.close();
});

test("a colleague who presses the way in of another is refused, and that is an event", async ({ page, browser, world, signInStaff }) => {
  const staff = await signInStaff(["support"]);
  const id = await enter(page, { staff, world });
  const other = await browser.newContext({ baseURL: ownUrl() });
  const colleague = await signInStaff(["support"], other);
  const theirs = await other.newPage();
  await theirs.goto(`/admin/impersonations/${id}`);
  await expect(theirs.getByRole("main")).toContainText(`Only ${staff.label}, in the session in which it began, can go in. You can end it.`);
  const answer = await theirs.request.post(`/admin/impersonations/${id}/enter`, {
    form: {},
    headers: { origin: ownUrl() },
    maxRedirects: 0,
  });
  expect([answer.status(), await answer.text()]).toEqual([403, expect.stringContaining(staff.label)]);
  expect(await findEvents({ targetId: id, actorId: colleague.id })).toMatchObject([
    { operation: "impersonation.handOver", outcome: "denied", organizationId: world.id },
  ]);
  await other.close();
});

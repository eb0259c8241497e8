import { expect, test } from "../fixtures.ts";

test("the home page says what this is", async ({ page, noSeriousViolations }) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await noSeriousViolations(page);
});

test("a customer's session by cookie opens their monitors", async ({ page, world, signInCustomer }) => {
  await signInCustomer(world.people.owner.actor);
  await page.goto(`/o/${world.slug}/monitors`);
  await expect(page.getByText(world.monitor.name)).toBeVisible();
});

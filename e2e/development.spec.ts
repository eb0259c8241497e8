import { adminPages, kindsOfRequest } from "./admin-paths.ts";
import { expect, test } from "./fixtures.ts";

test("the development server has the first door as well", async ({ baseURL }) => {
  test.setTimeout(120_000);
  for (const [kind, headers] of Object.entries(kindsOfRequest)) {
    for (const path of ["/admin", "/admin/users", ...adminPages().slice(0, 2)]) {
      const response = await fetch(`${baseURL}${path}`, { headers, redirect: "manual" });
      expect([303, 307], `${kind} of ${path}`).toContain(response.status);
      expect(response.headers.get("location"), `${kind} of ${path}`).toContain("/admin/sign-in?next=");
    }
  }
});

test("the development server signs in and shows the staff area", async ({ page }) => {
  test.setTimeout(120_000);
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  await page.goto("/admin");
  await page.getByRole("button", { name: /identity provider/i }).click();
  await page
    .getByRole("button", { name: /support/i })
    .first()
    .click();
  await expect(page).toHaveURL(/\/admin$/);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  expect(errors).toEqual([]);
});

import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";

const box = (page: Page) => page.getByRole("combobox", { name: "Search" });
const list = (page: Page) => page.getByRole("listbox", { name: "Found" });

/** Types into the search box until it listens, and waits for what it finds. */
async function type(page: Page, text: string): Promise<void> {
  await expect(async () => {
    await box(page).fill("");
    await box(page).pressSequentially(text);
    await expect(list(page)).toBeVisible({ timeout: 3_000 });
  }).toPass();
}

test("while somebody types, the search box lists what it finds; arrow down and Enter open it", async ({
  page,
  world,
  signInStaff,
  noSeriousViolations,
}) => {
  await signInStaff(["support"]);
  await page.goto("/admin/staff");
  await type(page, world.slug);
  const option = list(page).getByRole("option");
  await expect(option).toHaveText([new RegExp(`${world.name}.*organization, ${world.slug}`)]);
  await expect(box(page)).toHaveAttribute("aria-expanded", "true");
  await noSeriousViolations(page);
  await box(page).press("ArrowDown");
  await expect(option).toHaveAttribute("aria-selected", "true");
  await expect(box(page)).toHaveAttribute("aria-activedescendant", (await option.getAttribute("id")) ?? "");
  await box(page).press("Enter");
  await expect(page).toHaveURL(new RegExp(`/admin/organizations/${world.id}$`));
});

test("Escape closes the list and leaves what was typed; Enter then searches for it", async ({ page, world, signInStaff }) => {
  await signInStaff(["support"]);
  await page.goto("/admin/staff");
  await type(page, world.slug);
  await box(page).press("Escape");
  await expect(list(page)).toHaveCount(0);
  await expect(box(page)).toHaveAttribute("aria-expanded", "false");
  await expect(box(page)).toHaveValue(world.slug);
  await expect(page).toHaveURL(/\/admin\/staff$/);
  await box(page).press("Enter");
  await expect(page).toHaveURL(new RegExp(`/admin/search\\?q=${world.slug}$`));
});

test("a slash leads into the search box, and what nobody has is said", async ({ page, signInStaff }) => {
  await signInStaff(["support"]);
  await page.goto("/admin/staff");
  await expect(async () => {
    await page.keyboard.press("/");
    await expect(box(page)).toBeFocused({ timeout: 1_000 });
  }).toPass();
  await box(page).pressSequentially("nobody-has-this-anywhere");
  await expect(page.getByRole("status")).toHaveText("Nothing has this in its name, e-mail or slug.");
  await expect(list(page)).toHaveCount(0);
});

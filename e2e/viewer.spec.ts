import type { Page } from "@playwright/test";
import { allOperations } from "#router/registry.ts";
import { type Addresses, idsOf, staffPages, staffStates } from "./every-page.ts";
import { expect, test } from "./fixtures.ts";

const permitted = new Set(allOperations.filter(({ allow }) => allow?.viewer).map(({ name }) => name));

/** Pages on which others find a way to change something: a viewer reads there who may. */
const reasons: [address: Addresses[string], sentence: string][] = [
  [({ organization }) => `/admin/organizations/${organization}`, "View as Needs the role support."],
  [({ organization }) => `/admin/organizations/${organization}`, "To set one: Needs the role engineering."],
  [({ slug }) => `/admin/organizations?q=${slug}`, "Run one operation on all of these Needs the role operations."],
  [({ impersonation }) => `/admin/impersonations/${impersonation}`, "End impersonation Needs the role support."],
  [() => "/admin/impersonations", "End all impersonations Needs the role operations."],
  [() => "/admin/bulk", "Prepare one Needs the role operations."],
  [() => "/admin/bulk/new?operation=organization.startMaintenance", "You may not do this. Needs the role operations."],
  [() => "/admin/reviews", "What reviews found Needs the role admin."],
  [({ event }) => `/admin/runs/${event}`, "Take back: Rename Needs the role support."],
  [({ organization }) => `/admin/operations/subscription.extendTrial?targetId=${organization}`, "Needs the role support or billing."],
];

test("a viewer finds no way to an operation that a viewer may not run, and reads why not", async ({ page, world, signInStaff }) => {
  test.setTimeout(300_000);
  const { label } = await signInStaff(["viewer"]);
  const ids = await idsOf(world);
  for (const address of Object.values({ ...staffPages, ...staffStates })) {
    await page.goto(address(ids));
    await expect(page.getByRole("banner"), page.url()).toContainText(`${label} viewer`);
    expect(
      (await offered(page)).filter((name) => !permitted.has(name)),
      page.url(),
    ).toEqual([]);
    await expect(page.getByText("You can end it"), page.url()).toHaveCount(0);
  }
  for (const [address, sentence] of reasons) {
    await page.goto(address(ids));
    await expect(page.getByRole("main"), page.url()).toContainText(sentence);
  }
});

/** The operations to which this page has a link or a form; whatever else changes something stands there by its address. */
async function offered(page: Page): Promise<string[]> {
  const links = await page.locator("a[href]").evaluateAll((found) => found.map((link) => link.getAttribute("href") ?? ""));
  const forms = await page.locator("form[method=post]").evaluateAll((found) =>
    found.map((form) => {
      const { pathname } = new URL((form as HTMLFormElement).action);
      return form.querySelector<HTMLInputElement>("input[name=operation]")?.value ?? pathname;
    }),
  );
  const ways = links.filter((path) => /^\/admin\/(operations\/|bulk\/new|audit\/(export|.*\/take-back))/.test(path));
  return [...ways, ...forms.filter((action) => action !== "/admin/sign-out")].map(
    (way) => /^\/admin\/operations\/([^/?]+)/.exec(way)?.[1] ?? way,
  );
}

import { globSync } from "node:fs";
import type { ConsoleMessage, Page } from "@playwright/test";
import { type Addresses, type Ids, idsOf, openPages, productPages, staffPages, staffStates } from "./every-page.ts";
import { expect, test } from "./fixtures.ts";

test("every page is visited here", () => {
  const routes = globSync("src/app/**/page.tsx").map((file) => file.replace(/^src\/app/, "").replace(/\/page\.tsx$/, ""));
  expect(routes.sort()).toEqual(Object.keys({ ...staffPages, ...productPages, ...openPages }).sort());
});

/** On a machine that is busy with other work; at rest it is one or two. */
const secondsForEach = 10;

// Each is a minute long, and the last file of a run would wait for all of them in turn.
test.describe.configure({ mode: "parallel" });

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`in ${colorScheme} colours`, () => {
    test.use({ colorScheme });

    test("no staff page has a serious violation, an error in the console, or scrolls sideways", async ({
      page,
      world,
      signInStaff,
      noSeriousViolations,
    }) => {
      const pages = { ...staffPages, ...staffStates };
      test.setTimeout(Object.keys(pages).length * secondsForEach * 1_000);
      const { label } = await signInStaff(["admin"]);
      await visit(page, pages, await idsOf(world), async () => {
        await noSeriousViolations(page);
        await saysWhereAndWho(page, `${label} admin`);
      });
    });

    test("no product page has one either", async ({ page, world, signInCustomer, noSeriousViolations }) => {
      test.setTimeout(Object.keys({ ...openPages, ...productPages }).length * secondsForEach * 1_000);
      await visit(page, openPages, await idsOf(world), () => noSeriousViolations(page));
      await signInCustomer(world.people.owner.actor);
      await visit(page, productPages, await idsOf(world), () => noSeriousViolations(page));
    });
  });
}

/** A page that answers 403 or 404 as it should is told of in the console too. */
function isOwnStatus(message: ConsoleMessage): boolean {
  return /^Failed to load resource.*status of 40[34]/.test(message.text()) && message.location().url === message.page()?.url();
}

/** Of the staff area: one's name and roles, and the way here, or the section that this is. */
async function saysWhereAndWho(page: Page, person: string) {
  await expect(page.getByRole("banner"), page.url()).toContainText(person);
  const sections = page.getByRole("navigation", { name: "Staff area" });
  const crumbs = page.getByRole("navigation", { name: "Breadcrumb" }).getByRole("link");
  await expect(crumbs.or(sections.locator("[aria-current]")).first(), page.url()).toBeVisible();
}

async function visit(page: Page, pages: Addresses, ids: Ids, check: () => Promise<void>) {
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(`${page.url()}: ${error.message}`));
  page.on("console", (message) => message.type() === "error" && !isOwnStatus(message) && errors.push(`${page.url()}: ${message.text()}`));
  for (const address of Object.values(pages)) {
    const path = address(ids);
    const response = await page.goto(path);
    expect(response?.status(), path).toBe(path.includes("/no/such/") ? 404 : path.startsWith("/impersonation/refused") ? 403 : 200);
    await expect(page.getByRole("heading", { level: 1 }), path).toHaveCount(1);
    expect(await page.title(), path).toMatch(/\S+.*Countersign|^Countersign/);
    await check();
    await page.setViewportSize({ width: 360, height: 740 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth), `${path} at 360 pixels`).toBeLessThanOrEqual(360);
    await page.setViewportSize({ width: 1280, height: 800 });
  }
  expect(errors).toEqual([]);
}

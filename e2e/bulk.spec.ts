import { readFile } from "node:fs/promises";
import { writer } from "#server/db.ts";
import { arrange, makeOrganization } from "#testing/fixtures.ts";
import { expect, findEvents, test } from "./fixtures.ts";
import { mailTo } from "./mailbox.ts";

const inMaintenance = (ids: string[]) => writer().maintenance.count({ where: { organizationId: { in: ids } } });

test("a list: previewed for each, agreed to by a second person, worked through, reported", async ({
  page,
  browser,
  signInStaff,
  javaScriptEnabled,
  noSeriousViolations,
}) => {
  test.setTimeout(180_000);
  const scripted = javaScriptEnabled !== false;
  const others = await browser.newContext({ javaScriptEnabled: scripted });
  const second = await others.newPage();
  await signInStaff(["operations"], others);
  const requester = await signInStaff(["operations"]);
  const worlds = await Promise.all(Array.from({ length: 12 }, () => makeOrganization()));
  const ids = worlds.map(({ id }) => id);
  await arrange((db) => db.maintenance.create({ data: { organizationId: ids[3] ?? "", message: "Already" }, select: { id: true } }));

  await page.goto("/admin/bulk");
  await page.getByRole("link", { name: "Prepare one" }).click();
  await page.getByRole("row").filter({ hasText: "Start maintenance" }).getByRole("link").click();
  await page.getByLabel("Message").fill("Back at noon.");
  await page.getByLabel("Organizations").fill("nobody-has-this");
  await page.getByLabel("Reason").fill("ab");
  await page
    .locator("form")
    .filter({ hasText: "Preview for each" })
    .evaluate((form: HTMLFormElement) => {
      form.noValidate = true;
    });
  await page.getByRole("button", { name: "Preview for each" }).click();
  await expect(page.getByRole("alert").first()).toContainText("not valid");
  await expect(page.getByLabel("Message")).toHaveValue("Back at noon.");
  await expect(page.getByLabel("Organizations")).toHaveValue("nobody-has-this");
  await noSeriousViolations(page);

  await page.getByLabel("Reason").fill("The data centre moves");
  await page
    .getByLabel("Organizations")
    .fill(["name,slug", ...worlds.map(({ name, slug }) => `"${name}",${slug}`), "x,nobody-has-this"].join("\n"));
  await page.getByRole("button", { name: "Preview for each" }).click();
  await expect(page).toHaveURL(/\/admin\/bulk\/blk_/);
  await expect(async () => {
    if (!scripted) await page.reload();
    await expect(page.getByRole("main")).toContainText("Every target was previewed", { timeout: 1_000 });
  }).toPass({ timeout: 30_000 });
  expect(await inMaintenance(ids)).toBe(1);
  await expect(page.getByRole("main")).toContainText("There is none of this name or id.");
  await noSeriousViolations(page);
  const address = page.url();

  await page.getByRole("link", { name: "Start a bulk run" }).click();
  await page.getByLabel("Reason").fill("As planned");
  await page.getByRole("button", { name: "Preview" }).click();
  await expect(page.getByRole("main")).toContainText("It runs on 11 targets");
  await page.getByLabel(/^Type/).fill("13");
  await page.getByRole("button", { name: /^Ask for approval/ }).click();
  await expect(page.getByRole("main")).toContainText("This waits for a second person");
  const request = page.url();

  await second.goto(request);
  await second.getByRole("link", { name: /on 13/ }).first().click();
  await expect(second).toHaveURL(address);
  await second.goto(request);
  await second.getByRole("button", { name: /^Approve/ }).click();
  await expect(second.getByRole("heading", { level: 1 })).toHaveText("Done");
  await expect.poll(() => inMaintenance(ids), { timeout: 30_000 }).toBe(12);
  await mailTo(requester.email, "Your bulk run is finished");

  await page.goto(address);
  await expect(page.getByRole("main")).toContainText("finished");
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Report as CSV" }).click()]);
  const report = await readFile(await download.path(), "utf8");
  expect(report.trim().split("\r\n")).toHaveLength(14);
  expect(report.match(/succeeded/g)).toHaveLength(11);
  expect(await findEvents({ operation: "organization.startMaintenance", outcome: "succeeded", organizationId: { in: ids } })).toHaveLength(
    11,
  );
});

test("what a search of organizations found becomes the list; who may not bulk sees who may", async ({
  page,
  browser,
  signInStaff,
  world,
}) => {
  await signInStaff(["operations"]);
  await page.goto(`/admin/organizations?q=${world.slug}`);
  await page.getByRole("link", { name: "Run one operation on all of these" }).click();
  await page.getByRole("row").filter({ hasText: "Suspend" }).getByRole("link", { name: "Suspend", exact: true }).click();
  await expect(page.getByLabel("Organizations")).toHaveValue(world.id);
  await expect(page.getByRole("main")).toContainText("1 from your search");

  const other = await browser.newContext({ baseURL: process.env.APP_URL ?? "" });
  await signInStaff(["billing"], other);
  const theirs = await other.newPage();
  const main = theirs.getByRole("main");
  await theirs.goto(`/admin/organizations?q=${world.slug}`);
  await expect(main).toContainText("Run one operation on all of these Needs the role operations.");
  await theirs.goto("/admin/bulk");
  await expect(main).toContainText("Prepare one Needs the role operations.");
  await theirs.goto("/admin/bulk/new");
  await expect(theirs.getByRole("row").filter({ hasText: "Suspend" }).first()).toContainText("Needs the role operations.");
  await expect(main.getByRole("table").getByRole("link")).toHaveCount(0);
  await theirs.goto("/admin/bulk/new?operation=organization.suspend");
  await expect(main).toContainText("You may not do this. Needs the role operations.");
  await expect(main.locator("form")).toHaveCount(0);
  await other.close();
});

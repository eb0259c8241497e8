import { writer } from "#server/db.ts";
import { makeJob } from "#testing/scenarios/jobs.ts";
import { expect, findEvents, test } from "./fixtures.ts";
import { preview } from "./staff-steps.ts";

test("a failed job is told of on the home, and tried again from its page, which follows what becomes of it", async ({
  page,
  world,
  signInStaff,
  noSeriousViolations,
}) => {
  await signInStaff(["engineering"]);
  const id = await makeJob(world, { state: "failed", attempts: 13, message: "The mail server was away" });
  await page.goto("/admin");
  await page.getByRole("link", { name: /jobs? failed$/ }).click();
  await expect(page).toHaveURL(/\/admin\/jobs\?state=failed/);
  await noSeriousViolations(page);
  const row = page.getByRole("row").filter({ hasText: world.name });
  await expect(row).toContainText("The mail server was away");
  await row.getByRole("link", { name: "E-mail: trial extended" }).click();
  await expect(page.getByRole("main")).toContainText("13 of 13");
  await expect(page.getByRole("link", { name: world.name })).toBeVisible();
  await page.getByRole("link", { name: "Try again" }).click();
  await page.getByLabel("Reason").fill("The mail server is back");
  await page.getByRole("button", { name: "Preview" }).click();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page).toHaveURL(`/admin/jobs/${id}`);
  // The worker takes it, and the page says so by itself.
  await expect(page.getByText("done", { exact: true })).toBeVisible({ timeout: 20_000 });
  expect(await findEvents({ targetId: id })).toMatchObject([{ operation: "job.retry", outcome: "succeeded", organizationId: world.id }]);
  await page.goto(`/admin/organizations/${world.id}`);
  await expect(page.getByRole("region", { name: "Jobs" })).toContainText("E-mail: trial extended");
});

test("a progress bar moves while one looks at it", async ({ page, world, signInStaff, noSeriousViolations }) => {
  await signInStaff(["viewer"]);
  const jobId = await makeJob(world, { queue: "export", state: "active", payload: { exportId: "none", recipients: [] } });
  await writer().jobProgress.create({ data: { jobId, done: 3, total: 10 } });
  await page.goto(`/admin/jobs/${jobId}`);
  await expect(page.getByText("30 %")).toBeVisible();
  await noSeriousViolations(page);
  await writer().jobProgress.update({ where: { jobId }, data: { done: 6 } });
  await expect(page.getByText("60 %")).toBeVisible();
  await expect(page.getByRole("main")).toContainText("Needs the role operations");
});

test.describe("without a script", () => {
  test.use({ javaScriptEnabled: false });

  test("jobs are filtered, looked at and cancelled", async ({ page, world, signInStaff }) => {
    await signInStaff(["operations"]);
    const id = await makeJob(world, { state: "retry" });
    await page.goto("/admin/jobs");
    await page.getByLabel("Queue", { exact: true }).selectOption("mail");
    await page.getByLabel("State", { exact: true }).selectOption("retry");
    await page.getByLabel("Organization id").fill(world.id);
    await page.getByRole("button", { name: "Filter" }).click();
    await expect(page.getByRole("status")).toContainText("1 job");
    await page.getByRole("link", { name: "E-mail: trial extended" }).click();
    await expect(page.getByText("to be tried again", { exact: true })).toBeVisible();
    await expect(page.locator('meta[http-equiv="refresh"]')).toHaveCount(1);
    await preview(page, { operation: "job.cancel", targetId: id });
    await page.getByLabel(/^Type/).fill("mail");
    await page.getByRole("button", { name: "Cancel", exact: true }).click();
    await expect(page).toHaveURL(`/admin/jobs/${id}`);
    await expect(page.getByText("cancelled", { exact: true })).toBeVisible();
  });
});

import type { Page } from "@playwright/test";
import { writer } from "#server/db.ts";
import { arrange } from "#testing/fixtures.ts";
import { expect, findEvents, test } from "./fixtures.ts";
import { mailTo } from "./mailbox.ts";
import { fillIn } from "./staff-steps.ts";

const trialEnd = async (organizationId: string) =>
  (await writer().subscription.findUniqueOrThrow({ where: { organizationId } })).trialEndsAt?.toISOString().slice(0, 10);

/** Somebody of support asks for three weeks more of trial; answers the proposal's address. */
async function ask(page: Page, { id, slug }: { id: string; slug: string }): Promise<string> {
  await page.goto(`/admin/operations/subscription.extendTrial?targetId=${id}`);
  await fillIn(page, { Days: "21" });
  await expect(page.getByRole("main")).toContainText("A second person has to agree");
  await expect(page.getByRole("main")).toContainText("at most 14 days");
  await page.getByLabel(/^Type/).fill(slug);
  await page.getByRole("button", { name: "Ask for approval: Extend trial" }).click();
  await expect(page.getByRole("status").first()).toContainText("This waits for a second person");
  return page.url();
}

test("over the limit: asked for, found in the queue, talked about, approved by a second person, and both are in the audit", async ({
  page,
  browser,
  world,
  signInStaff,
  javaScriptEnabled,
  noSeriousViolations,
}) => {
  test.setTimeout(120_000);
  const others = await browser.newContext({ javaScriptEnabled: javaScriptEnabled !== false });
  const second = await others.newPage();
  const approver = await signInStaff(["operations"], others);
  const requester = await signInStaff(["support"]);
  const address = await ask(page, world);
  await noSeriousViolations(page);
  expect(await trialEnd(world.id)).toBe("2099-01-01");
  await expect(page.getByRole("button", { name: /Approve/ })).toHaveCount(0);

  const mail = await mailTo(approver.email, `${requester.label} asks for your approval`);
  expect(mail.text).toContain(`Extend the trial of ${world.name} by 21 days`);
  expect(mail.text).toContain(new URL(address).pathname);
  await second.goto("/admin");
  await expect(second.getByRole("main")).toContainText(/of colleagues waits? for your approval/);
  await second.goto("/admin/approvals");
  await noSeriousViolations(second);
  await second.getByRole("row").filter({ hasText: world.name }).getByRole("link").click();
  await expect(second.getByRole("main")).toContainText(`${requester.label} asks for a second person’s approval`);
  await noSeriousViolations(second);
  await second.getByLabel(/^Comment for everybody/).fill("Is three weeks not much?");
  await second.getByRole("button", { name: "Comment" }).click();
  await expect(second.getByRole("main")).toContainText(`${approver.label} said: “Is three weeks not much?”`);
  await page.reload();
  await expect(page.getByRole("main")).toContainText("Is three weeks not much?");

  await second.getByLabel("Comment", { exact: true }).fill("They are a good customer");
  await second.getByRole("button", { name: `Approve, and run it as ${requester.label}` }).click();
  await expect(second.getByRole("heading", { level: 1 })).toHaveText("Done");
  await expect(second.getByRole("main")).toContainText(approver.label);
  expect(await trialEnd(world.id)).toBe("2099-01-22");
  await page.goto(address);
  await expect(page.getByRole("main")).toContainText("This has already run");
  await mailTo(requester.email, "Your request was approved");
  const events = await findEvents({ organizationId: world.id });
  expect(events.map(({ operation, outcome, actorId }) => [operation, outcome, actorId === approver.id ? "second" : "first"])).toEqual(
    expect.arrayContaining([
      ["subscription.extendTrial", "pending", "first"],
      ["proposal.approve", "succeeded", "second"],
      ["subscription.extendTrial", "succeeded", "first"],
    ]),
  );
});

test("rejected with a reason, withdrawn, and gone back because the target changed: nothing happens", async ({
  page,
  browser,
  world,
  signInStaff,
  javaScriptEnabled,
}) => {
  test.setTimeout(120_000);
  const others = await browser.newContext({ javaScriptEnabled: javaScriptEnabled !== false });
  const second = await others.newPage();
  const approver = await signInStaff(["admin"], others);
  await signInStaff(["support"]);

  await second.goto(await ask(page, world));
  await second.getByLabel("Why not").fill("Two weeks are enough");
  await second.getByRole("button", { name: "Reject" }).click();
  await expect(second.getByRole("main")).toContainText(`${approver.label} rejected this`);
  await page.reload();
  await expect(page.getByRole("main")).toContainText("Two weeks are enough");

  const withdrawn = await ask(page, world);
  await page.getByLabel("Why you withdraw it").fill("They signed a contract");
  await page.getByRole("button", { name: "Withdraw" }).click();
  await expect(page.getByRole("main")).toContainText("This was withdrawn");
  await second.goto(withdrawn);
  await expect(second.getByRole("button", { name: /Approve/ })).toHaveCount(0);

  await second.goto(await ask(page, world));
  await arrange((db) => db.organization.update({ where: { id: world.id }, data: { name: "Renamed meanwhile" }, select: { id: true } }));
  await second.getByRole("button", { name: /^Approve/ }).click();
  await expect(second.getByRole("main")).toContainText("Something changed after this preview");
  expect(await trialEnd(world.id)).toBe("2099-01-01");
});

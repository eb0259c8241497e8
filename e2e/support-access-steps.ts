import { expect, type Page } from "@playwright/test";
import type { World } from "#testing/scenarios/scenario.ts";

type Words = { reason: string; ticket: string };

/** Staff fill in the form of an operation on the member's view, and confirm its preview. */
export async function submitAsStaff(
  page: Page,
  { operation, button, world, words }: { operation: string; button: string; world: World; words: Words },
) {
  const { membershipId, email } = world.people.member;
  await page.goto(`/admin/operations/${operation}?targetId=${membershipId}`);
  await page.getByLabel("Reason").fill(words.reason);
  await page.getByLabel(/^Ticket/).fill(words.ticket);
  await page.getByRole("button", { name: "Preview" }).click();
  await page.waitForURL(/\/admin\/proposals\/|draft=/);
  const confirmation = page.getByLabel(/^Type/);
  if (await confirmation.count()) await confirmation.fill(email);
  const confirm = page.getByRole("button", { name: button, exact: true });
  if (await confirm.count()) await confirm.click();
}

/** The owner says whether our support may look. */
export async function choose(page: Page, { world, title }: { world: World; title: string }): Promise<void> {
  await page.goto(`/o/${world.slug}/support-access`);
  await page.getByLabel(title).check();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("main")).toContainText("Done: choose support access");
  await expect(page.getByLabel(title)).toBeChecked();
}

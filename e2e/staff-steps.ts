import { expect, type Page } from "@playwright/test";

type Step = { operation: string; targetId: string; fields?: Record<string, string | boolean>; phrase?: string };

/** Fills in an operation's form and looks at the preview. */
export async function preview(page: Page, { operation, targetId, fields = {} }: Step): Promise<void> {
  await page.goto(`/admin/operations/${operation}?targetId=${targetId}`);
  await fillIn(page, fields);
}

/** Fills in the form that is open, whatever led to it, and looks at the preview. */
export async function fillIn(page: Page, fields: Record<string, string | boolean>): Promise<void> {
  for (const [label, value] of Object.entries(fields)) {
    const field = page.getByLabel(label, { exact: true });
    if (typeof value === "boolean") await field.setChecked(value);
    else if ((await field.evaluate(({ tagName }) => tagName)) === "SELECT") await field.selectOption(value);
    else await field.fill(value);
  }
  await page.getByLabel("Reason").fill("Wanted by the test");
  await page.getByLabel(/^Ticket/).fill("SUP-7");
  await page.getByRole("button", { name: "Preview" }).click();
}

/** Confirms the preview that is open. */
export async function confirm(page: Page, { button, phrase }: { button: string; phrase?: string }): Promise<void> {
  if (phrase) await page.getByLabel(/^Type/).fill(phrase);
  await page.getByRole("button", { name: button, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Done");
}

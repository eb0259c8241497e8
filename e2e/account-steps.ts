import type { Page } from "@playwright/test";
import { writer } from "#server/db.ts";

/** Every browser of these tests comes from the same place, which would have to wait. */
export async function forgetSource(): Promise<void> {
  await writer().$executeRaw`DELETE FROM "SignInThrottle" WHERE "id" LIKE '%source %'`;
}

export async function signIn(page: Page, email: string, password: string): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

export async function enterCode(page: Page, code: string): Promise<void> {
  await page.getByLabel("Code").fill(code);
  await page.getByRole("button", { name: "Sign in" }).click();
}

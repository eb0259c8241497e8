import { expect, type Page } from "@playwright/test";
import type { StaffActor } from "#server/actor.ts";
import { beginImpersonation } from "#testing/scenarios/impersonations.ts";
import type { World } from "#testing/scenarios/scenario.ts";

export const banner = (page: Page) => page.getByRole("region", { name: "Impersonation" });
export const ownUrl = () => new URL(process.env.APP_URL ?? "").origin;

/** Begins an impersonation of the world's owner and takes this browser into it. */
export async function enter(page: Page, { staff, world }: { staff: StaffActor; world: World }): Promise<string> {
  const { id } = await beginImpersonation({ starter: staff, world, userId: world.people.owner.id });
  await page.goto(`/admin/impersonations/${id}`);
  await page.getByRole("button", { name: /^View as/ }).click();
  await expect(banner(page)).toBeVisible();
  return id;
}

import { asRole, setAdminUrl } from "#testing/database.ts";
import { expect, findEvents, test } from "./fixtures.ts";

for (const [name, reason] of [
  ["Nils Berg", /second factor|multi-factor|MFA/i],
  ["Carlos Mendes", /staff group|not.*staff/i],
] as const) {
  test(`${name} is refused with the reason, and it is recorded`, async ({ page, noSeriousViolations }) => {
    await page.goto("/admin");
    await page.getByRole("button", { name: /identity provider/i }).click();
    await page.getByRole("button", { name }).click();
    await expect(page).toHaveURL(/\/admin\/sign-in\/refused/);
    await expect(page.getByRole("main")).toContainText(reason);
    await noSeriousViolations(page);
    await page.goto("/admin");
    await expect(page).toHaveURL(/\/admin\/sign-in/);
    const email = `${name.split(" ")[0]?.toLowerCase()}@countersign.example`;
    const events = await findEvents({ operation: "staff.signIn", outcome: "denied" });
    expect(JSON.stringify(events)).toContain(email);
  });
}

test("a critical operation asks for a fresh sign-in, comes back to the same preview, and then runs", async ({ page }) => {
  const owner = process.env.E2E_OWNER_URL ?? "";
  setAdminUrl({ superuser: owner, owner, app: owner, reader: owner });
  await page.goto("/admin");
  await page.getByRole("button", { name: /identity provider/i }).click();
  await page.getByRole("button", { name: "Anton Weber" }).click();
  await page.goto("/admin/staff");
  await page
    .getByRole("row", { name: /Anton Weber/ })
    .getByRole("link", { name: "Revoke role" })
    .click();
  await page.getByLabel("Role").selectOption("billing");
  await page.getByLabel("Reason").fill("There is nothing to revoke, which the form says");
  await page.getByRole("button", { name: "Preview" }).click();
  await expect(page.getByRole("alert").first()).toContainText(/was not granted/);

  const target = await asRole(
    "owner",
    async (client) =>
      (
        await client.query(
          `INSERT INTO "StaffMember" ("issuer", "subject", "email", "name") VALUES ('test', gen_random_uuid(), 'new@countersign.example', 'Newly Hired') RETURNING "id"`,
        )
      ).rows[0].id,
  );
  await page.goto(`/admin/operations/staff.grantRole?targetId=${target}`);
  await page.getByLabel("Role").selectOption("viewer");
  await page.getByLabel("Reason").fill("Starts today");
  await page.getByRole("button", { name: "Preview" }).click();
  const preview = page.url();
  await asRole("owner", (client) =>
    client.query(
      `UPDATE "StaffSession" s SET "authenticatedAt" = now() - interval '10 minutes' FROM "StaffMember" m WHERE m."id" = s."staffMemberId" AND m."email" = 'anton@countersign.example'`,
    ),
  );
  await page.reload();
  await page.getByRole("link", { name: "Sign in again" }).click();
  await page
    .getByRole("button", { name: /identity provider|sign in/i })
    .first()
    .click();
  await page.getByRole("button", { name: "Anton Weber" }).click();
  await expect(page).toHaveURL(preview);
  await page.getByLabel(/^Type/).fill("new@countersign.example");
  await page.getByRole("button", { name: "Grant role" }).click();
  await expect(page).toHaveURL(/\/admin\/runs\/evt_/);
  expect(await findEvents({ targetId: target, operation: "staff.grantRole" })).toMatchObject([{ outcome: "succeeded" }]);
});

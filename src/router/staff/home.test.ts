import { expect, test } from "vitest";
import { staffRoleNames } from "#domain/roles.ts";
import { createStaffCaller } from "#router/staff-router.ts";
import { contextOf, makeOrganization, makeStaff } from "#testing/fixtures.ts";
import { fromOutside } from "#testing/outside-session.ts";

test("engineering and admin see how much was changed from outside the application, and nobody else does", async () => {
  const counts = async () => {
    const found = staffRoleNames.map(async (role) => {
      const { outsideChanges } = await createStaffCaller(contextOf(await makeStaff(role))).home.get();
      return [role, outsideChanges] as const;
    });
    return Object.fromEntries(await Promise.all(found));
  };
  const { engineering = 0, ...others } = await counts();
  const nothing = { viewer: 0, support: 0, billing: 0, operations: 0 };
  expect(others).toEqual({ ...nothing, admin: engineering });
  const { id } = await makeOrganization();
  await fromOutside("owner", [`UPDATE "Organization" SET "name" = 'By hand' WHERE "id" = $1`, [id]]);
  expect(await counts()).toEqual({ ...nothing, engineering: engineering + 1, admin: engineering + 1 });
});

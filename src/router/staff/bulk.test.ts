import { expect, test } from "vitest";
import { createStaffCaller } from "#router/staff-router.ts";
import { contextOf, makeStaff } from "#testing/fixtures.ts";

const startMaintenance = "organization.startMaintenance";
const setFlag = "organization.setFlag";

test.each([
  ["viewer", startMaintenance, "Needs the role operations."],
  ["billing", "invoice.refund", "Needs the role operations."],
  ["operations", startMaintenance, null],
  ["operations", setFlag, "Needs the role engineering."],
  ["engineering", setFlag, null],
] as const)("%s: %s over a list, with who may, in its form as in the list of operations", async (role, name, whyNot) => {
  const { bulk } = createStaffCaller(contextOf(await makeStaff(role)));
  const said = { allowed: whyNot === null, whyNot };
  expect(await bulk.form({ name })).toMatchObject(said);
  expect((await bulk.operations()).find((operation) => operation.name === name)).toMatchObject(said);
});

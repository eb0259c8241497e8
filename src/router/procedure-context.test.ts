import { expect, test } from "vitest";
import { contextOf, impersonating, makeOrganization, makeStaff } from "#testing/fixtures.ts";

test("what staff may do follows from their own roles, whoever asked before them", async () => {
  const [first, second, viewer] = [await makeStaff("support"), await makeStaff("support"), await makeStaff("viewer")];
  expect(contextOf(first).ability.can("organization.rename", "Organization")).toBe(true);
  expect(contextOf(second).ability.can("organization.rename", "Organization")).toBe(true);
  expect(contextOf(viewer).ability.can("organization.rename", "Organization")).toBe(false);
  expect(contextOf({ ...first, roles: [] }).ability.can("read", "Organization")).toBe(false);
});

test("in a customer's seat staff may no more do what their roles allow", async () => {
  const world = await makeOrganization();
  const actor = await makeStaff("support");
  expect(contextOf(actor).ability.can("read", "StaffMember")).toBe(true);
  const seat = impersonating({ id: "imp_test", world, person: world.people.member.actor });
  expect(contextOf(actor, seat).ability.can("read", "StaffMember")).toBe(false);
});

import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { OrganizationRole } from "#generated/prisma/enums.ts";
import { grants } from "#router/registry.ts";
import { defineAbilityFor, mayOn } from "#server/ability.ts";
import { writer } from "#server/db.ts";
import { reach } from "#server/reach.ts";
import { targets } from "#server/targets.ts";
import { emptyContext, makeOrganization } from "#testing/fixtures.ts";

type World = Awaited<ReturnType<typeof makeOrganization>>;
let worlds: World[];
beforeAll(async () => {
  worlds = await Promise.all([makeOrganization(), makeOrganization(), makeOrganization()]);
});

const types = ["Organization", "Membership", "Monitor"] as const;
const verbs = ["read", ...grants.map(({ name }) => name)];

test("for any memberships, verb and row: can() = the SQL filter = what is found", async () => {
  const memberships = fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 2 }), fc.constantFrom(...Object.values(OrganizationRole))), {
    selector: ([index]) => index,
    maxLength: 3,
  });
  const asked = fc.record({
    memberships,
    verb: fc.constantFrom(...verbs),
    type: fc.constantFrom(...types),
    row: fc.integer({ min: 0, max: 2 }),
  });
  await fc.assert(
    fc.asyncProperty(asked, async ({ memberships, verb, type, row }) => {
      const chosen = memberships.map(([index, role]) => ({ organizationId: worlds[index]?.id ?? "", role }));
      const actor = { type: "user" as const, id: "usr_none", label: "x", email: "x@x.example", sessionId: "ses_x", memberships: chosen };
      const ability = defineAbilityFor({ ...emptyContext(), actor }, grants);
      const world = worlds[row];
      if (!world) throw new Error("no such world");
      const id = { Organization: world.id, Membership: world.people.member.membershipId, Monitor: world.monitor.id }[type];
      const find = targets[type].find as (db: unknown, where: unknown) => Promise<{ id: string } | null>;
      const loaded = await find(writer(), { id });
      const may = loaded !== null && mayOn(ability, verb, type, loaded as never);
      const found = ability.can(verb, type) ? await find(writer(), { id, AND: [reach(ability, verb, type)] }) : null;
      expect(found !== null).toBe(may);
      const granted = grants.find(({ name }) => name === verb);
      const expected = chosen.some(
        ({ organizationId, role }) =>
          organizationId === world.id && (verb === "read" || (granted?.target === type && granted.allowCustomer?.[role])),
      );
      expect(may).toBe(expected);
    }),
    { numRuns: 300, seed: 20261121 },
  );
});

test("somebody without any rule is refused before a query, never given every row", () => {
  const nobody = { type: "user" as const, id: "usr_none", label: "x", email: "x@x.example", sessionId: "ses_x", memberships: [] };
  const ability = defineAbilityFor({ ...emptyContext(), actor: nobody }, grants);
  for (const type of ["Organization", "Monitor"] as const)
    expect(() => reach(ability, "read", type)).toThrow(expect.objectContaining({ code: "FORBIDDEN" }));
  for (const verb of ["delete", "manage", "anything"]) expect(() => reach(ability, verb, "Organization")).toThrow();
});

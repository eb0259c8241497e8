import { staffRoleNames } from "#domain/roles.ts";
import type { Context } from "#server/actor.ts";
import { arrange, emptyContext, impersonating, makeStaff } from "./fixtures.ts";
import { visitor } from "./scenarios/accounts.ts";
import { makeProgram } from "./scenarios/integrations.ts";
import type { World } from "./scenarios/scenario.ts";

const customerRoles = ["owner", "customer admin", "member", "member here, owner elsewhere"] as const;

/** Who asks: everybody there is. */
export const askers = [
  "nobody",
  "visitor",
  ...customerRoles,
  "someone without organization",
  ...staffRoleNames,
  "staff without role",
  "staff viewing as owner",
  "a program with an API key",
] as const;
export type Asker = (typeof askers)[number];

/** Nothing of any target is said to these. */
export const outsiders: ReadonlySet<Asker> = new Set(["nobody", "visitor", "someone without organization", "staff without role"]);
/** They sit in one organization: nothing is said to them of another. */
export const insiders: ReadonlySet<Asker> = new Set([...customerRoles, "staff viewing as owner", "a program with an API key"]);

/** What would give an organization away. */
export function wordsOf({ name, monitor, people }: World): string[] {
  return [name, monitor.name, ...Object.values(people).flatMap((person) => [person.name, person.email])];
}

type Place = { world: World; targetId: string; other: World };

/** What a request of this one carries, whose own organization is this world. */
export async function contextFor(asker: Asker, { world, targetId, other }: Place): Promise<Context> {
  const context = emptyContext();
  if (asker === "nobody") return context;
  if (asker === "visitor") return { ...context, actor: visitor };
  if (asker === "staff without role") return { ...context, actor: await makeStaff() };
  if (asker === "someone without organization")
    return { ...context, actor: { ...other.people.member.actor, id: "usr_nobody", memberships: [] } };
  if (asker === "staff viewing as owner") {
    return { ...context, actor: await makeStaff("support"), ...impersonating({ id: targetId, world, person: world.people.owner.actor }) };
  }
  if (asker === "a program with an API key") return { ...context, actor: await makeProgram(world) };
  if (asker === "owner" || asker === "member") return { ...context, actor: world.people[asker].actor };
  if (asker === "member here, owner elsewhere") {
    const { actor } = world.people.member;
    await arrange((db) =>
      db.membership.create({ data: { organizationId: other.id, userId: actor.id, role: "owner" }, select: { id: true } }),
    );
    return { ...context, actor: { ...actor, memberships: [{ organizationId: other.id, role: "owner" }, ...actor.memberships] } };
  }
  if (asker === "customer admin") return { ...context, actor: world.people.admin.actor };
  return { ...context, actor: await makeStaff(asker) };
}

import { type AppAbility, defineAbilityFor } from "#server/ability.ts";
import type { Context } from "#server/actor.ts";
import type { ProcedureContext } from "#server/trpc.ts";
import { grants } from "./registry.ts";

const abilitiesOfStaff = new Map<string, AppAbility>();

/** Adds what this actor may do, compiled from the operations' grants. */
export function procedureContext(context: Context): ProcedureContext {
  return { ...context, ability: findAbilityOfStaff(context) ?? defineAbilityFor(context, grants) };
}

/** What staff may do follows from their roles alone, except in a customer's seat, so it is compiled once for each set of roles. */
function findAbilityOfStaff(context: Context): AppAbility | null {
  const { actor, onBehalfOf, impersonation } = context;
  if (actor?.type !== "staff" || onBehalfOf || impersonation) return null;
  const roles = actor.roles.join(" ");
  const ability = abilitiesOfStaff.get(roles) ?? defineAbilityFor(context, grants);
  abilitiesOfStaff.set(roles, ability);
  return ability;
}

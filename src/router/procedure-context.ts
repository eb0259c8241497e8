import { defineAbilityFor } from "#server/ability.ts";
import type { Context } from "#server/actor.ts";
import type { ProcedureContext } from "#server/trpc.ts";
import { grants } from "./registry.ts";

/** Adds what this actor may do, compiled from the operations' grants. */
export function procedureContext(context: Context): ProcedureContext {
  return { ...context, ability: defineAbilityFor(context, grants) };
}

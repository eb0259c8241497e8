import { procedureContext } from "#router/procedure-context.ts";
import { getOperation } from "#router/registry.ts";
import type { Actor, Context } from "#server/actor.ts";
import { runOperation } from "#server/run-operation.ts";
import { emptyContext, unique } from "./fixtures.ts";
import { visitor } from "./scenarios/accounts.ts";

type Run = { name: string; actor?: Actor; targetId?: string; input?: Record<string, unknown>; from?: Partial<Context> };

/** Runs an operation directly, as a visitor where nobody else is named; each time from a place of its own. */
export function runAs({ name, actor = visitor, targetId = "system", input = {}, from = {} }: Run) {
  const context = { ...emptyContext(), sourceIp: unique(), ...from, actor };
  const { ability } = procedureContext(context);
  return runOperation({ operation: getOperation(name), context, ability, envelope: { targetId, input } });
}

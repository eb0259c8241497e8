import { anyOfThese } from "#lib/text.ts";
import { mayOn } from "#server/ability.ts";
import { whyNotInSeat } from "#server/impersonation-rules.ts";
import type { AnyOperation } from "#server/operation.ts";
import type { TargetRow, TargetType } from "#server/targets.ts";
import type { ProcedureContext } from "#server/trpc.ts";
import { getOperation } from "../registry.ts";

/** Whether the person in this seat may, and if not, why not, in words to show beside the disabled control. */
export type May = { allowed: true; whyNot: null } | { allowed: false; whyNot: string };

/** For showing a control or its reason; the pipeline asks again. */
export function mayFor<Type extends TargetType>(ctx: ProcedureContext, name: string, type: Type, row: TargetRow<Type>): May {
  const inSeat = whyNotInSeat(getOperation(name), ctx);
  if (inSeat) return { allowed: false, whyNot: inSeat };
  if (mayOn(ctx.ability, name, type, row)) return { allowed: true, whyNot: null };
  return { allowed: false, whyNot: whoMay(getOperation(name)) };
}

function whoMay({ allowCustomer }: AnyOperation): string {
  const roles = Object.keys(allowCustomer ?? {}).filter((role) => role !== "self");
  if (roles.length === 0) return "Only the person concerned does this.";
  return `This takes the role ${anyOfThese(roles)} in this organization.`;
}

import { staffRoleNames } from "#domain/roles.ts";
import type { StaffRole } from "#generated/prisma/enums.ts";
import { anyOfThese } from "#lib/text.ts";
import { mayOn } from "#server/ability.ts";
import type { AnyOperation } from "#server/operation.ts";
import type { TargetRow, TargetType } from "#server/targets.ts";
import type { ProcedureContext } from "#server/trpc.ts";
import { allOperations, getOperation } from "./registry.ts";

/** An operation as a link: allowed, or why not and who could. */
export type OperationLink = {
  name: string;
  title: string;
  description: string;
  risk: AnyOperation["risk"];
  allowed: boolean;
  whyNot: string | null;
};

/** What operations are about, for whoever draws a link to where one begins. */
export type OperationTarget = TargetType;

/** The operations that staff could consider on this row: those that this person may, then the others. */
export function describeOperations<Type extends TargetType>({
  ctx,
  type,
  row,
}: {
  ctx: ProcedureContext;
  type: Type;
  row: TargetRow<Type>;
}): OperationLink[] {
  return allOperations
    .filter((operation) => operation.target === type && operation.allow)
    .map((operation) => describeOperation({ ctx, operation, type, row }))
    .sort((a, b) => Number(b.allowed) - Number(a.allowed));
}

/** One operation on this row. */
export function describeOperation<Type extends TargetType>({
  ctx,
  operation,
  type,
  row,
}: {
  ctx: ProcedureContext;
  operation: AnyOperation;
  type: Type;
  row: TargetRow<Type>;
}): OperationLink {
  const { name, title, description, risk } = operation;
  const allowed = mayOn(ctx.ability, name, type, row);
  const whyNot = allowed ? (operation.unavailable?.(row) ?? null) : whoMay(operation);
  return { name, title, description, risk, allowed: whyNot === null, whyNot };
}

/** Whether this person could run the operation on this row, now. For showing a link or not; the pipeline asks again. */
export function mayDo<Type extends TargetType>(ctx: ProcedureContext, name: string, type: Type, row: TargetRow<Type>): boolean {
  const operation = allOperations.find((one) => one.name === name);
  const held = ctx.impersonation && !(ctx.impersonation.mode === "write" && operation?.whileImpersonating === "whenWriting");
  return !held && mayOn(ctx.ability, name, type, row);
}

/** Why somebody with these roles may do this on no row at all, or null; on some rows it may be refused all the same. */
export function whyNotWith(roles: readonly StaffRole[], name: string): string | null {
  const operation = getOperation(name);
  return roles.some((role) => operation.allow?.[role]) ? null : whoMay(operation);
}

/** "Needs the role support or billing." Roles that include one of these may as well. */
export function whoMay(operation: AnyOperation): string {
  const granted = staffRoleNames.filter((role) => operation.allow?.[role]);
  return granted.length > 0 ? `Needs the role ${anyOfThese(granted)}.` : "Only customers do this themselves.";
}

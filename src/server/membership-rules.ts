import { aRole, effectiveRole, isHigher } from "#domain/memberships.ts";
import type { OrganizationRole } from "#generated/prisma/enums.ts";
import type { SignedInContext } from "./actor.ts";
import type { Transaction } from "./db.ts";
import { AppError } from "./errors.ts";
import { lockOrganization } from "./seats.ts";
import type { TargetRow } from "./targets.ts";

type Asked = { context: SignedInContext; organizationId: string };

/**
 * Customers give at most the role that is theirs for good: a lent one ends with its time and leaves nothing behind.
 * Throws FORBIDDEN.
 */
export async function requireMayGive(db: Transaction, { role, ...asked }: Asked & { role: OrganizationRole }): Promise<void> {
  const own = await findOwn(db, asked);
  if (!own || !isHigher(role, own.role)) return;
  const lent = effectiveRole(own) === own.role ? "" : " Your present one is lent to you.";
  throw new AppError("FORBIDDEN", { userMessage: `You are ${aRole(own.role)} and can make nobody ${role}.${lent}` });
}

/** An admin cannot touch an owner, whether that role is lent or not. Throws FORBIDDEN. */
export async function requireMayTouch(db: Transaction, { context, target }: { context: SignedInContext; target: TargetRow<"Membership"> }) {
  const own = await findOwn(db, { context, organizationId: target.organizationId });
  const isOwner = target.role === "owner" || effectiveRole(target) === "owner";
  if (own && isOwner && effectiveRole(own) !== "owner")
    throw new AppError("FORBIDDEN", { userMessage: `${target.user.name} is an owner. Only owners can change that.` });
}

/** Throws CONFLICT if this person is the only owner for good. Two who go at the same moment wait for each other here. */
export async function requireAnotherOwner(db: Transaction, target: TargetRow<"Membership">): Promise<void> {
  if (target.role !== "owner") return;
  await lockOrganization(db, target.organizationId);
  const others = await db.membership.count({ where: { organizationId: target.organizationId, role: "owner", id: { not: target.id } } });
  if (others === 0)
    throw new AppError("CONFLICT", { userMessage: `${target.user.name} is the last owner. Make someone else owner first.` });
}

/** The membership by which a customer asks; null for staff, whose rights come from their own roles. */
async function findOwn(db: Transaction, { context: { actor }, organizationId }: Asked) {
  if (actor.type !== "user") return null;
  const own = await db.membership.findFirst({
    where: { organizationId, userId: actor.id },
    select: { role: true, elevatedRole: true, elevatedUntil: true },
  });
  if (!own) throw new AppError("FORBIDDEN");
  return own;
}

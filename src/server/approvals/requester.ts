import { expandRoles } from "#domain/roles.ts";
import type { Proposal } from "#generated/prisma/client.ts";
import type { StaffRole } from "#generated/prisma/enums.ts";
import type { RequestInfo, SignedInContext } from "../actor.ts";
import { type Transaction, writer } from "../db.ts";
import { AppError } from "../errors.ts";

type Requester = { id: string; name: string; email: string; sessionId: string; authenticatedAt: Date; roles: StaffRole[] };

/**
 * The context of somebody who asked and may be away by now: their roles are those of their latest sign-in, if it was
 * within the day that a proposal lives, and those granted here. Throws FORBIDDEN where there is none.
 */
export async function requesterContext(
  { requesterId, requesterIp, requesterSessionId }: Pick<Proposal, "requesterId" | "requesterIp" | "requesterSessionId">,
  { requestId }: Pick<RequestInfo, "requestId">,
): Promise<SignedInContext> {
  const requester = await findRequester(writer(), requesterId);
  const { id, name: label, email, authenticatedAt } = requester;
  const sessionId = requesterSessionId ?? requester.sessionId;
  const roles = expandRoles(requester.roles);
  return {
    requestId,
    sourceIp: requesterIp,
    userAgent: null,
    actor: { type: "staff", id, label, email, roles, sessionId, authenticatedAt, impersonating: null },
    onBehalfOf: null,
    impersonation: null,
  };
}

/** Looks again, inside the transaction, at the roles that this context was made from. */
export async function requireRequesterEntitled(db: Transaction, { actor }: SignedInContext): Promise<void> {
  if (actor.type !== "staff") throw gone();
  const current = new Set(expandRoles((await findRequester(db, actor.id)).roles));
  if (!actor.roles.every((role) => current.has(role))) throw gone();
}

async function findRequester(db: Pick<Transaction, "$queryRaw">, id: string): Promise<Requester> {
  const [requester] = await db.$queryRaw<Requester[]>`
    SELECT m."id", m."name", m."email", s."id" AS "sessionId", s."authenticatedAt",
      s."groupRoles"::text[] || ARRAY(SELECT g."role"::text FROM "StaffRoleGrant" g WHERE g."staffMemberId" = m."id") AS "roles"
    FROM "StaffMember" m JOIN "StaffSession" s ON s."staffMemberId" = m."id"
    WHERE m."id" = ${id} AND s."createdAt" > now() - interval '1 day' ORDER BY s."createdAt" DESC LIMIT 1`;
  if (!requester) throw gone();
  return requester;
}

function gone(): AppError {
  return new AppError("FORBIDDEN", { userMessage: "Whoever asked for this may not do it any more." });
}

import { approverRole } from "#domain/approvals.ts";
import { expandRoles } from "#domain/roles.ts";
import type { StaffRole } from "#generated/prisma/enums.ts";
import type { Transaction } from "../db.ts";
import type { AnyOperation } from "../operation.ts";

type Candidate = { email: string; name: string; roles: StaffRole[] };

/** The other staff who can agree to this, as their latest sign-in of the last month and the roles granted here say. */
export async function findApprovers(
  db: Pick<Transaction, "$queryRaw">,
  { operation, requesterId }: { operation: AnyOperation; requesterId: string },
): Promise<{ email: string; name: string }[]> {
  const candidates = await db.$queryRaw<Candidate[]>`
    SELECT m."email", m."name",
      s."groupRoles"::text[] || ARRAY(SELECT g."role"::text FROM "StaffRoleGrant" g WHERE g."staffMemberId" = m."id") AS "roles"
    FROM "StaffMember" m JOIN "StaffMember" requester ON requester."id" = ${requesterId}
    JOIN LATERAL (
      SELECT x."groupRoles" FROM "StaffSession" x WHERE x."staffMemberId" = m."id" AND x."createdAt" > now() - interval '30 days'
      ORDER BY x."createdAt" DESC LIMIT 1
    ) s ON true
    WHERE m."id" <> requester."id" AND m."subject" <> requester."subject" AND lower(m."email") <> lower(requester."email")
    ORDER BY m."id"`;
  return candidates.filter(({ roles }) => mayApprove(operation, expandRoles(roles))).map(({ email, name }) => ({ email, name }));
}

/** Whether these roles agree to what others ask for, as far as roles say: the row may have a say as well. */
export function mayApprove({ allow }: Pick<AnyOperation, "allow">, roles: readonly StaffRole[]): boolean {
  return roles.includes(approverRole) && roles.some((role) => allow?.[role]);
}

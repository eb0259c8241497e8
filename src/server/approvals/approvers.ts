import { approverRole } from "#domain/approvals.ts";
import { expandRoles } from "#domain/roles.ts";
import type { StaffRole } from "#generated/prisma/enums.ts";
import { recentStaff } from "../auth/recent-staff.ts";
import type { Transaction } from "../db.ts";
import type { AnyOperation } from "../operation.ts";

type Candidate = { email: string; name: string; roles: StaffRole[] };

/** The other staff who can agree to this, of those who signed in lately. */
export async function findApprovers(
  db: Pick<Transaction, "$queryRaw">,
  { operation, requesterId }: { operation: AnyOperation; requesterId: string },
): Promise<{ email: string; name: string }[]> {
  const candidates = await db.$queryRaw<Candidate[]>`
    SELECT staff."email", staff."name", staff."roles" FROM ${recentStaff} AS staff JOIN "StaffMember" requester ON requester."id" = ${requesterId}
    WHERE staff."id" <> requester."id" AND staff."subject" <> requester."subject" AND lower(staff."email") <> lower(requester."email")
    ORDER BY staff."id"`;
  return candidates.filter(({ roles }) => mayApprove(operation, expandRoles(roles))).map(({ email, name }) => ({ email, name }));
}

/** Whether these roles agree to what others ask for, as far as roles say: the row may have a say as well. */
export function mayApprove({ allow }: Pick<AnyOperation, "allow">, roles: readonly StaffRole[]): boolean {
  return roles.includes(approverRole) && roles.some((role) => allow?.[role]);
}

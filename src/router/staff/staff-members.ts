import { expandRoles } from "#domain/roles.ts";
import { reader } from "#server/db.ts";
import { router, staffProcedure } from "#server/trpc.ts";
import { describeOperations } from "../describe-operations.ts";

export const staffMembersRouter = router({
  /** Everybody who ever signed in, with what they may do and since when they are here. */
  list: staffProcedure.query(async ({ ctx }) => {
    const rows = await reader().staffMember.findMany({
      orderBy: { name: "asc" },
      take: 100,
      relationLoadStrategy: "join",
      select: {
        id: true,
        name: true,
        email: true,
        createdAt: true,
        roleGrants: { select: { id: true, role: true, createdAt: true }, orderBy: { id: "asc" } },
        sessions: {
          orderBy: { id: "desc" },
          take: 1,
          select: { groupRoles: true, createdAt: true, lastSeenAt: true, endedAt: true, expiresAt: true },
        },
      },
    });
    return rows.map(({ sessions, ...row }) => {
      const latest = sessions[0] ?? null;
      const groupRoles = latest?.groupRoles ?? [];
      return {
        ...row,
        groupRoles,
        roles: expandRoles([...groupRoles, ...row.roleGrants.map(({ role }) => role)]),
        lastSeenAt: latest?.lastSeenAt ?? null,
        operations: describeOperations({ ctx, type: "StaffMember", row }),
      };
    });
  }),
});

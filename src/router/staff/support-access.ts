import { reader } from "#server/db.ts";
import { router, staffProcedure } from "#server/trpc.ts";
import { accessRequestSelect, withStanding } from "../access-requests.ts";
import { describeOperation } from "../describe-operations.ts";
import { getOperation } from "../registry.ts";

const mostShown = 20;
const newest = { orderBy: { id: "desc" }, take: mostShown, select: accessRequestSelect, relationLoadStrategy: "join" } as const;

export const supportAccessRouter = router({
  /** The requests of this staff member that still matter: unanswered, or allowed and not used up. */
  mine: staffProcedure.query(async ({ ctx }) => {
    const rows = await reader().accessRequest.findMany({
      where: { staffMemberId: ctx.actor.id, OR: [{ state: "pending" }, { state: "allowed", allowedUntil: { gt: new Date() } }] },
      ...newest,
    });
    const operation = getOperation("accessRequest.withdraw");
    return rows.map((row) => ({
      ...withStanding(row),
      // The page shows names; an address is not needed to withdraw.
      withdraw: describeOperation({ ctx, operation, type: "AccessRequest", row: { ...row, user: { ...row.user, email: "" } } }),
    }));
  }),
});

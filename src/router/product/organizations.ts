import { closedError } from "#server/closure.ts";
import { reader } from "#server/db.ts";
import { AppError } from "#server/errors.ts";
import { reach } from "#server/reach.ts";
import { targets } from "#server/targets.ts";
import { type ProcedureContext, router, seatProcedure } from "#server/trpc.ts";

export const organizationsRouter = router({
  /** The organizations whose seat this is. */
  mine: seatProcedure.query(async ({ ctx }) => {
    if (ctx.seat.memberships.length === 0) return [];
    return reader().organization.findMany({
      where: reach(ctx.ability, "read", "Organization"),
      orderBy: { name: "asc" },
      take: 50,
      select: { id: true, name: true, slug: true },
    });
  }),
});

/** The organization at this address, if it is within reach; the answer is the same for one that does not exist. */
export async function findOrganizationBySlug(ctx: ProcedureContext, slug: string) {
  const closed = ctx.closedOrganizations?.find((organization) => organization.slug === slug);
  if (closed) throw closedError(closed);
  const organization = await targets.Organization.find(reader(), { slug, AND: [reach(ctx.ability, "read", "Organization")] });
  if (!organization) throw new AppError("NOT_FOUND", { userMessage: "There is no such organization, or you are not in it." });
  return organization;
}

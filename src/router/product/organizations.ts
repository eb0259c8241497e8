import { z } from "zod";
import { text } from "#lib/text.ts";
import { reader } from "#server/db.ts";
import { AppError } from "#server/errors.ts";
import { reach } from "#server/reach.ts";
import { targets } from "#server/targets.ts";
import { type ProcedureContext, router, seatProcedure } from "#server/trpc.ts";
import { mayDo } from "../describe-operations.ts";

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

  /** One organization with its people. */
  members: seatProcedure.input(z.strictObject({ slug: text({ max: 60 }) })).query(async ({ ctx, input: { slug } }) => {
    const organization = await findOrganizationBySlug(ctx, slug);
    const members = await reader().membership.findMany({
      where: { organizationId: organization.id, AND: [reach(ctx.ability, "read", "Membership")] },
      orderBy: { id: "asc" },
      take: 200,
      relationLoadStrategy: "join",
      select: {
        id: true,
        role: true,
        organizationId: true,
        userId: true,
        createdAt: true,
        user: { select: { id: true, name: true, email: true } },
        organization: { select: { id: true, name: true, slug: true } },
      },
    });
    return {
      organization,
      members: members.map((member) => ({ ...member, mayChangeRole: mayDo(ctx, "membership.changeRole", "Membership", member) })),
      may: { rename: mayDo(ctx, "organization.rename", "Organization", organization) },
    };
  }),
});

/** The organization at this address, if it is within reach; the answer is the same for one that does not exist. */
export async function findOrganizationBySlug(ctx: ProcedureContext, slug: string) {
  const organization = await targets.Organization.find(reader(), { slug, AND: [reach(ctx.ability, "read", "Organization")] });
  if (!organization) throw new AppError("NOT_FOUND", { userMessage: "There is no such organization, or you are not in it." });
  return organization;
}

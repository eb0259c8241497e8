import { z } from "zod";
import { text } from "#lib/text.ts";
import { closedError } from "#server/closure.ts";
import { reader } from "#server/db.ts";
import { AppError } from "#server/errors.ts";
import { reach } from "#server/reach.ts";
import { targets } from "#server/targets.ts";
import { type ProcedureContext, router, seatProcedure } from "#server/trpc.ts";
import { permissionFor } from "./permission.ts";

const bySlug = z.strictObject({ slug: text({ max: 60 }) });
const memberSelect = {
  id: true,
  role: true,
  elevatedRole: true,
  elevatedUntil: true,
  organizationId: true,
  userId: true,
  createdAt: true,
  user: { select: { id: true, name: true, email: true } },
  organization: { select: { id: true, name: true, slug: true } },
} as const;

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

  /** One organization with its people, owners first. */
  members: seatProcedure.input(bySlug).query(async ({ ctx, input: { slug } }) => {
    const organization = await findOrganizationBySlug(ctx, slug);
    const members = await reader().membership.findMany({
      where: { organizationId: organization.id, AND: [reach(ctx.ability, "read", "Membership")] },
      orderBy: [{ role: "asc" }, { id: "asc" }],
      take: 200,
      relationLoadStrategy: "join",
      select: memberSelect,
    });
    return {
      organization,
      members: members.map((member) => ({ ...member, changeRole: permissionFor(ctx, "membership.changeRole", "Membership", member) })),
      rename: permissionFor(ctx, "organization.rename", "Organization", organization),
    };
  }),

  /** One person's place in an organization. */
  member: seatProcedure.input(bySlug.extend({ id: text({ max: 64 }) })).query(async ({ ctx, input: { slug, id } }) => {
    const organization = await findOrganizationBySlug(ctx, slug);
    const member = await reader().membership.findFirst({
      where: { id, organizationId: organization.id, AND: [reach(ctx.ability, "read", "Membership")] },
      relationLoadStrategy: "join",
      select: memberSelect,
    });
    if (!member) throw new AppError("NOT_FOUND", { userMessage: `There is no such person in ${organization.name}.` });
    return { member, changeRole: permissionFor(ctx, "membership.changeRole", "Membership", member) };
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

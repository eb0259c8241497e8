import { z } from "zod";
import { deletionDay, deletionDays, deletionInWords } from "#domain/deletion.ts";
import { text } from "#lib/text.ts";
import { closedError } from "#server/closure.ts";
import { reader } from "#server/db.ts";
import { AppError } from "#server/errors.ts";
import { findDeletionFacts } from "#server/organization-deletion.ts";
import { reach } from "#server/reach.ts";
import { targets } from "#server/targets.ts";
import { type ProcedureContext, router, seatProcedure } from "#server/trpc.ts";
import { mayFor } from "./may.ts";

export const organizationsRouter = router({
  /** The organizations whose seat this is. */
  mine: seatProcedure.query(async ({ ctx }) => {
    if (ctx.seat.memberships.length === 0) return [];
    return reader().organization.findMany({
      where: reach(ctx.ability, "read", "Organization"),
      orderBy: { name: "asc" },
      take: 50,
      select: { id: true, name: true, slug: true, deletion: { select: { dueAt: true } } },
      relationLoadStrategy: "join",
    });
  }),

  /** Whether the organization is to be deleted, what would go with it, and who may decide. */
  deletion: seatProcedure.input(z.strictObject({ slug: text({ max: 60 }) })).query(async ({ ctx, input: { slug } }) => {
    const organization = await findOrganizationBySlug(ctx, slug);
    const { id, name, deletion } = organization;
    const dueAt = deletion?.dueAt ?? deletionDay({ days: deletionDays.usual });
    const request = mayFor(ctx, "organization.requestDeletion", "Organization", organization);
    const isOwner = ctx.seat.memberships.some((membership) => membership.organizationId === id && membership.role === "owner");
    return {
      organization: { id, name, slug },
      dueAt: deletion?.dueAt ?? null,
      usualDays: deletionDays.usual,
      // Names of people: for those who decide.
      consequences: isOwner ? deletionInWords(name, dueAt, await findDeletionFacts(reader(), id)) : [],
      request,
      restore: mayFor(ctx, "organization.restore", "Organization", organization),
    };
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

import { z } from "zod";
import { text } from "#lib/text.ts";
import { reader } from "#server/db.ts";
import { AppError } from "#server/errors.ts";
import { findLimits } from "#server/limits.ts";
import { reach } from "#server/reach.ts";
import { type ProcedureContext, router, seatProcedure } from "#server/trpc.ts";
import { mayFor } from "./may.ts";
import { findOrganizationBySlug } from "./organizations.ts";
import { requireRole } from "./require-role.ts";

const bySlug = z.strictObject({ slug: text({ max: 60 }) });
const select = {
  id: true,
  organizationId: true,
  name: true,
  prefix: true,
  scopes: true,
  createdById: true,
  createdAt: true,
  lastUsedAt: true,
  revokedAt: true,
} as const;

export const apiKeysRouter = router({
  /** Those that work first, the newest first. */
  list: seatProcedure.input(bySlug).query(async ({ ctx, input: { slug } }) => {
    const organization = await findOrganizationBySlug(ctx, slug);
    requireRole(ctx.seat, organization, ["owner", "admin"]);
    const [keys, limits] = await Promise.all([
      reader().apiKey.findMany({
        where: { organizationId: organization.id, AND: [reach(ctx.ability, "read", "ApiKey")] },
        orderBy: [{ revokedAt: { sort: "desc", nulls: "first" } }, { id: "desc" }],
        take: 100,
        select,
      }),
      findLimits(reader(), organization.id),
    ]);
    const makers = await namesOf(organization.id, keys);
    return {
      organization,
      apiPerMinute: limits?.apiPerMinute ?? 0,
      keys: keys.map((key) => ({ ...key, createdBy: makers.get(key.createdById) ?? null, revoke: mayRevoke(ctx, key) })),
      create: mayFor(ctx, "apiKey.create", "Organization", organization),
    };
  }),

  get: seatProcedure.input(bySlug.extend({ id: text({ max: 64 }) })).query(async ({ ctx, input: { slug, id } }) => {
    const organization = await findOrganizationBySlug(ctx, slug);
    requireRole(ctx.seat, organization, ["owner", "admin"]);
    const where = { id, organizationId: organization.id, AND: [reach(ctx.ability, "read", "ApiKey")] };
    const key = await reader().apiKey.findFirst({ where, select });
    if (!key) throw new AppError("NOT_FOUND", { userMessage: "There is no such API key." });
    return { key, revoke: mayRevoke(ctx, key) };
  }),
});

type Key = { id: string; organizationId: string; name: string; prefix: string; scopes: string[]; revokedAt: Date | null };

function mayRevoke(ctx: ProcedureContext, key: Key) {
  return mayFor(ctx, "apiKey.revoke", "ApiKey", key);
}

/** Of those who made the keys, whoever is still in the organization. */
async function namesOf(organizationId: string, keys: readonly { createdById: string }[]): Promise<Map<string, string>> {
  const members = await reader().membership.findMany({
    where: { organizationId, userId: { in: keys.map(({ createdById }) => createdById) } },
    select: { userId: true, user: { select: { name: true } } },
  });
  return new Map(members.map(({ userId, user }) => [userId, user.name]));
}

import { z } from "zod";
import type { ClosureKind } from "#domain/closures.ts";
import type { ShownFlag } from "#domain/flags.ts";
import { Prisma } from "#generated/prisma/client.ts";
import { SubscriptionStatus } from "#generated/prisma/enums.ts";
import { fragment } from "#lib/fragment.ts";
import { text } from "#lib/text.ts";
import { closureKind } from "#server/closure.ts";
import { reader } from "#server/db.ts";
import { allOf, cappedCount, countedHits, foundFirst, isBeyondCount, keyset, likeFragment, toPage } from "#server/keyset.ts";
import { router, staffProcedure } from "#server/trpc.ts";
import { describeOrganization } from "./organization.ts";
import { recordSearch } from "./record-search.ts";

export const organizationFilters = z.strictObject({
  q: fragment({ max: 100 }).optional(),
  status: z.enum(SubscriptionStatus).optional(),
  plan: z.enum(["free", "team", "business"]).optional(),
  state: z.enum(["open", "suspended", "deactivated", "maintenance", "deletion"]).optional(),
  sort: z.enum(["newest", "oldest", "name"]).default("newest"),
  after: text({ max: 400 }).optional(),
});

export type { ClosureKind, ShownFlag };

export type OrganizationRow = {
  id: string;
  name: string;
  slug: string;
  createdAt: Date;
  status: SubscriptionStatus | null;
  planName: string | null;
  trialEndsAt: Date | null;
  seats: number | null;
  members: number;
  closed: ClosureKind | null;
  deletionDueAt: Date | null;
};

export const organizationsRouter = router({
  list: staffProcedure.input(organizationFilters).query(async ({ ctx, input }) => {
    const conditions = allOf([
      input.q ? Prisma.sql`o."searched" LIKE ${likeFragment(input.q)}` : null,
      input.status ? Prisma.sql`s."status" = ${input.status}::"SubscriptionStatus"` : null,
      input.plan ? Prisma.sql`s."planId" = ${input.plan}` : null,
      input.state ? inState(input.state) : null,
    ]);
    const isFiltered = Boolean(input.q || input.status || input.plan || input.state);
    const from = Prisma.sql`"Organization" o LEFT JOIN "Subscription" s ON s."organizationId" = o."id"`;
    const byName = input.sort === "name";
    const page = keyset(
      { column: Prisma.raw(byName ? 'o."name"' : 'o."id"'), id: Prisma.sql`o."id"`, direction: input.sort === "newest" ? "desc" : "asc" },
      input.after,
    );
    const countRows = reader()
      .$queryRaw<{ count: number }[]>(cappedCount(Prisma.sql`${from} WHERE ${conditions}`, isFiltered ? undefined : "Organization"))
      .then(([counted]) => counted?.count ?? 0);
    // No index has names together with these. Of many, walking all by name soon meets fifty.
    const sortsFew = byName && Boolean(input.status || input.plan || input.state) && !isBeyondCount(await countRows);
    const [rows, count] = await Promise.all([
      reader().$queryRaw<OrganizationRow[]>`
        SELECT o."id", o."name", o."slug", o."createdAt", s."status", p."name" AS "planName", s."trialEndsAt", s."seats",
          ${closureKind(Prisma.sql`o."id"`)} AS "closed",
          (SELECT d."dueAt" FROM "ScheduledDeletion" d WHERE d."organizationId" = o."id") AS "deletionDueAt",
          (SELECT count(*)::int FROM "Membership" m WHERE m."organizationId" = o."id") AS "members"
        FROM ${from} LEFT JOIN "Plan" p ON p."id" = s."planId"
        WHERE ${sortsFew ? Prisma.sql`o."id" IN ${foundFirst(Prisma.sql`SELECT o."id" FROM ${from} WHERE ${conditions}`)}` : conditions}
          AND ${page.where} ${page.order}`,
      countRows,
    ]);
    if (input.q && !input.after) await recordSearch(ctx, { query: input.q, ...countedHits(count), where: "organizations" });
    return { ...toPage(rows, (row) => (byName ? row.name : row.id)), count };
  }),

  /** Everything about one customer: see the organization page. */
  get: staffProcedure.input(z.strictObject({ id: text({ max: 64 }) })).query(({ ctx, input: { id } }) => describeOrganization(ctx, id)),
});

/** The few that are not open are found from their own tables. */
function inState(state: NonNullable<z.output<typeof organizationFilters>["state"]>): Prisma.Sql {
  if (state === "open") return Prisma.sql`${closureKind(Prisma.sql`o."id"`)} IS NULL`;
  const tables = { suspended: "Suspension", deactivated: "Deactivation", maintenance: "Maintenance", deletion: "ScheduledDeletion" };
  return Prisma.sql`o."id" IN (SELECT x."organizationId" FROM ${Prisma.raw(`"${tables[state]}"`)} x)`;
}

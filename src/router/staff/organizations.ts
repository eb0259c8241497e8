import { z } from "zod";
import { type ClosureKind, shutKind } from "#domain/closures.ts";
import { type ShownFlag, shownFlags } from "#domain/flags.ts";
import { describeRole } from "#domain/memberships.ts";
import { readsPersonalData } from "#domain/roles.ts";
import { Prisma } from "#generated/prisma/client.ts";
import { SubscriptionStatus } from "#generated/prisma/enums.ts";
import { text } from "#lib/text.ts";
import { dunning } from "#server/billing.ts";
import { findBillingOutlook } from "#server/billing-outlook.ts";
import { closureKind } from "#server/closure.ts";
import { reader } from "#server/db.ts";
import { AppError } from "#server/errors.ts";
import { allOf, cappedCount, keyset, likeFragment, toPage } from "#server/keyset.ts";
import { showPersonal } from "#server/personal-data.ts";
import { router, staffProcedure } from "#server/trpc.ts";
import { findUsage } from "#server/usage.ts";
import { describeOperations, mayDo } from "../describe-operations.ts";
import { failingFirst, shownStatus, watchedColumns } from "../monitor-status.ts";
import { describeBillingState } from "./billing-state.ts";
import { recordSearch } from "./record-search.ts";
import { organizationTimeline } from "./timeline.ts";

export const organizationFilters = z.strictObject({
  q: text({ min: 0, max: 100 }).optional(),
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
      input.q ? Prisma.sql`(o."name" ILIKE ${likeFragment(input.q)} OR o."slug" LIKE ${likeFragment(input.q)})` : null,
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
    const [rows, [counted]] = await Promise.all([
      reader().$queryRaw<OrganizationRow[]>`
        SELECT o."id", o."name", o."slug", o."createdAt", s."status", p."name" AS "planName", s."trialEndsAt", s."seats",
          ${closureKind(Prisma.sql`o."id"`)} AS "closed",
          (SELECT d."dueAt" FROM "ScheduledDeletion" d WHERE d."organizationId" = o."id") AS "deletionDueAt",
          (SELECT count(*)::int FROM "Membership" m WHERE m."organizationId" = o."id") AS "members"
        FROM ${from} LEFT JOIN "Plan" p ON p."id" = s."planId" WHERE ${conditions} AND ${page.where} ${page.order}`,
      reader().$queryRaw<{ count: number }[]>(
        cappedCount(Prisma.sql`${from} WHERE ${conditions}`, isFiltered ? undefined : "Organization"),
      ),
    ]);
    if (input.q && !input.after) await recordSearch(ctx, { query: input.q, hits: counted?.count ?? 0, where: "organizations" });
    return { ...toPage(rows, (row) => (byName ? row.name : row.id)), count: counted?.count ?? 0 };
  }),

  /** Everything about one customer: see the organization page. */
  get: staffProcedure.input(z.strictObject({ id: text({ max: 64 }) })).query(async ({ ctx, input: { id } }) => {
    const [organization, timeline, use, outlook] = await Promise.all([
      findOrganization(id),
      organizationTimeline(id),
      findUsage(reader(), id),
      findBillingOutlook(reader(), id),
    ]);
    if (!organization) throw new AppError("NOT_FOUND", { userMessage: "There is no such organization." });
    const memberships = organization.memberships.map((membership) => ({
      ...membership,
      roleInWords: describeRole(membership),
      user: showPersonal("User", membership.user, readsPersonalData(ctx.actor.roles)),
      mayViewAs: mayDo(ctx, "impersonation.start", "Membership", {
        ...membership,
        organizationId: id,
        userId: membership.user.id,
        organization,
      }),
    }));
    const watched = shutKind(organization) === null;
    const monitors = failingFirst(organization.monitors.map((monitor) => ({ ...monitor, ...shownStatus(monitor, { watched }) })));
    const operations = describeOperations({ ctx, type: "Organization", row: organization });
    const closed = shutKind(organization) ?? (organization.maintenance ? ("maintenance" as const) : null);
    const flags = shownFlags(organization.flags, new Date());
    const customer = { ...organization, dunning: organization.invoices };
    const billing = describeBillingState({ customer, outlook, use, differences: organization._count.billingDrifts });
    return { organization: { ...organization, memberships, monitors }, closed, flags, billing, timeline, operations };
  }),
});

/** The few that are not open are found from their own tables. */
function inState(state: NonNullable<z.output<typeof organizationFilters>["state"]>): Prisma.Sql {
  if (state === "open") return Prisma.sql`${closureKind(Prisma.sql`o."id"`)} IS NULL`;
  const tables = { suspended: "Suspension", deactivated: "Deactivation", maintenance: "Maintenance", deletion: "ScheduledDeletion" };
  return Prisma.sql`o."id" IN (SELECT x."organizationId" FROM ${Prisma.raw(`"${tables[state]}"`)} x)`;
}

function findOrganization(id: string) {
  return reader().organization.findUnique({
    where: { id },
    relationLoadStrategy: "join",
    select: {
      id: true,
      name: true,
      slug: true,
      stripeCustomerId: true,
      createdAt: true,
      subscription: {
        select: {
          id: true,
          planId: true,
          status: true,
          seats: true,
          currency: true,
          trialEndsAt: true,
          currentPeriodEndsAt: true,
          stripeSubscriptionId: true,
          cancelAt: true,
          canceledAt: true,
          discountCode: true,
          discountPercent: true,
          plan: { select: { name: true, monitors: true, seats: true } },
        },
      },
      creditBalance: true,
      invoices: dunning,
      suspension: { select: { id: true, reason: true, ticket: true, suspendedAt: true } },
      retentionDays: true,
      historyPurgedBefore: true,
      deactivation: { select: { id: true, reason: true, deactivatedAt: true } },
      deletion: { select: { id: true, reason: true, ticket: true, dueAt: true } },
      maintenance: { select: { id: true, message: true, startedAt: true } },
      limitOverride: { select: { id: true, monitors: true, pingsPerMinute: true, historyDays: true, apiPerMinute: true } },
      flags: { orderBy: { flag: "asc" }, select: { flag: true, enabled: true, expiresAt: true } },
      memberships: {
        orderBy: { id: "asc" },
        take: 50,
        select: {
          id: true,
          role: true,
          elevatedRole: true,
          elevatedUntil: true,
          createdAt: true,
          user: { select: { id: true, name: true, email: true, lastSeenAt: true, lockout: { select: { until: true } } } },
        },
      },
      monitors: {
        orderBy: [{ state: "desc" }, { id: "asc" }],
        take: 50,
        select: { id: true, name: true, ...watchedColumns },
      },
      impersonations: {
        where: { endedAt: null, expiresAt: { gt: new Date() } },
        take: 10,
        select: { id: true, expiresAt: true, staffMember: { select: { name: true } }, user: { select: { name: true } } },
      },
      _count: { select: { memberships: true, monitors: true, billingDrifts: true } },
    },
  });
}

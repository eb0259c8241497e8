import { z } from "zod";
import { describeRole } from "#domain/memberships.ts";
import { readsPersonalData } from "#domain/roles.ts";
import { Prisma } from "#generated/prisma/client.ts";
import { fragment } from "#lib/fragment.ts";
import { text } from "#lib/text.ts";
import { findAccountState } from "#server/auth/account-state.ts";
import { reader } from "#server/db.ts";
import { effectiveRoleOf } from "#server/effective-role.ts";
import { AppError } from "#server/errors.ts";
import { allOf, cappedCount, countedHits, keyset, likeFragment, toPage } from "#server/keyset.ts";
import { maySeePersonalData, showPersonal } from "#server/personal-data.ts";
import { router, staffProcedure } from "#server/trpc.ts";
import { describeOperations } from "../describe-operations.ts";
import { recordSearch } from "./record-search.ts";
import { userTimeline } from "./timeline.ts";

export const userFilters = z.strictObject({
  q: fragment({ max: 100 }).optional(),
  locked: z.enum(["yes"]).optional(),
  sort: z.enum(["newest", "oldest", "email"]).default("newest"),
  after: text({ max: 400 }).optional(),
});

export type UserRow = {
  id: string;
  name: string;
  email: string;
  createdAt: Date;
  lastSeenAt: Date | null;
  lockedUntil: Date | null;
  organizations: { id: string; name: string; role: string }[] | null;
};

export const usersRouter = router({
  list: staffProcedure.input(userFilters).query(async ({ ctx, input }) => {
    const conditions = allOf([
      input.q ? Prisma.sql`u."searched" LIKE ${likeFragment(input.q)}` : null,
      input.locked ? Prisma.sql`l."until" > now()` : null,
    ]);
    const isFiltered = Boolean(input.q || input.locked);
    const from = Prisma.sql`"User" u LEFT JOIN "Lockout" l ON l."userId" = u."id"`;
    const byEmail = input.sort === "email";
    const page = keyset(
      {
        column: Prisma.raw(byEmail ? 'u."email"' : 'u."id"'),
        id: Prisma.sql`u."id"`,
        direction: input.sort === "newest" ? "desc" : "asc",
        ...(byEmail && { secretIn: Prisma.sql`"User" u` }),
      },
      input.after,
    );
    const [rows, [counted]] = await Promise.all([
      reader().$queryRaw<UserRow[]>`
        SELECT u."id", u."name", u."email", u."createdAt", u."lastSeenAt", CASE WHEN l."until" > now() THEN l."until" END AS "lockedUntil",
          (SELECT json_agg(json_build_object('id', o."id", 'name', o."name", 'role', ${effectiveRoleOf}))
           FROM "Membership" p JOIN "Organization" o ON o."id" = p."organizationId" WHERE p."userId" = u."id") AS "organizations"
        FROM ${from} WHERE ${conditions} AND ${page.where} ${page.order}`,
      reader().$queryRaw<{ count: number }[]>(cappedCount(Prisma.sql`${from} WHERE ${conditions}`, isFiltered ? undefined : "User")),
    ]);
    const count = counted?.count ?? 0;
    if (input.q && !input.after) await recordSearch(ctx, { query: input.q, ...countedHits(count), where: "users" });
    const shown = rows.map((row) => showPersonal("User", row, readsPersonalData(ctx.actor.roles)));
    return { ...toPage(shown, (row) => (byEmail ? "" : row.id)), count };
  }),

  get: staffProcedure.input(z.strictObject({ id: text({ max: 64 }) })).query(async ({ ctx, input: { id } }) => {
    const [user, timeline, clear] = await Promise.all([findUser(id), userTimeline(id), maySeePersonalData(ctx.actor, id)]);
    if (!user) throw new AppError("NOT_FOUND", { userMessage: "There is no such user." });
    const memberships = user.memberships.map((membership) => ({
      ...membership,
      roleInWords: describeRole(membership),
      operations: describeOperations({ ctx, type: "Membership", row: { ...membership, userId: user.id, user } }),
    }));
    const sessions = user.sessions.map((session) => ({
      ...showPersonal("Session", session, clear),
      operations: describeOperations({ ctx, type: "Session", row: { ...session, userId: user.id, endedAt: null, user } }),
    }));
    const operations = describeOperations({ ctx, type: "User", row: user });
    const account = await findAccountState(user);
    return {
      user: { ...showPersonal("User", user, clear), ...account, memberships, sessions },
      personalDataHidden: !clear,
      timeline,
      operations,
    };
  }),
});

function findUser(id: string) {
  return reader().user.findUnique({
    where: { id },
    relationLoadStrategy: "join",
    select: {
      id: true,
      name: true,
      email: true,
      createdAt: true,
      lastSeenAt: true,
      emailVerifiedAt: true,
      passwordChangedAt: true,
      totpEnabledAt: true,
      lockout: { select: { id: true, lockedAt: true, until: true } },
      memberships: {
        orderBy: { id: "asc" },
        take: 50,
        select: {
          id: true,
          role: true,
          elevatedRole: true,
          elevatedUntil: true,
          organizationId: true,
          organization: { select: { id: true, name: true, slug: true } },
        },
      },
      sessions: {
        where: { endedAt: null, expiresAt: { gt: new Date() } },
        orderBy: { id: "desc" },
        take: 20,
        select: { id: true, createdAt: true, lastSeenAt: true, sourceIp: true, userAgent: true },
      },
    },
  });
}

import { z } from "zod";
import { verdictTitles } from "#domain/verdicts.ts";
import { Prisma } from "#generated/prisma/client.ts";
import type { ImpersonationMode, ReviewVerdict } from "#generated/prisma/enums.ts";
import { text } from "#lib/text.ts";
import { reader } from "#server/db.ts";
import { AppError } from "#server/errors.ts";
import { cappedCount, cutPage, pageSize } from "#server/keyset.ts";
import { targets } from "#server/targets.ts";
import { roleProcedure, router, staffProcedure } from "#server/trpc.ts";
import { findChanges } from "#server/visit-log.ts";
import { describeOperation } from "../describe-operations.ts";
import { getOperation } from "../registry.ts";

const page = z.strictObject({ after: text({ max: 64 }).optional() });
const waiting = Prisma.sql`"Impersonation" i WHERE i."needsReview" AND i."customerToldAt" IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM "ImpersonationReview" r WHERE r."impersonationId" = i."id")`;
const found = Prisma.sql`"ImpersonationReview" r WHERE r."verdict" <> 'appropriate'`;

export type WaitingReview = {
  id: string;
  staffMemberId: string;
  staffName: string;
  userName: string;
  organizationName: string;
  mode: ImpersonationMode;
  reason: string;
  ticket: string;
  overAt: Date;
};
type Found = {
  id: string;
  impersonationId: string;
  verdict: ReviewVerdict;
  note: string | null;
  reviewerLabel: string;
  reviewedAt: Date;
  staffName: string;
  userName: string;
};
export type FoundReview = Found & { verdictTitle: string };

export const reviewsRouter = router({
  /** What waits for a second person, the oldest first. */
  list: staffProcedure.input(page).query(async ({ input: { after } }) => {
    const rows = await reader().$queryRaw<WaitingReview[]>`
      SELECT w."id", w."staffMemberId", m."name" AS "staffName", u."name" AS "userName", o."name" AS "organizationName",
        CASE WHEN w."steppedUpAt" IS NULL THEN w."mode" ELSE 'write' END::text AS "mode", w."reason", w."ticket",
        least(w."endedAt", w."expiresAt") AS "overAt"
      FROM (SELECT i.* FROM ${waiting} AND i."id" > ${after ?? ""} ORDER BY i."id" LIMIT ${pageSize + 1}) w
      JOIN "StaffMember" m ON m."id" = w."staffMemberId" JOIN "User" u ON u."id" = w."userId"
      JOIN "Organization" o ON o."id" = w."organizationId" ORDER BY w."id"`;
    return cutPage(rows, ({ id }) => id);
  }),

  /** Verdicts that somebody has to act on, the newest first. */
  found: roleProcedure("admin")
    .input(page)
    .query(async ({ input: { after } }) => {
      const rows = await reader().$queryRaw<Found[]>`
        SELECT f."id", f."impersonationId", f."verdict"::text AS "verdict", f."note", f."reviewerLabel", f."reviewedAt",
          m."name" AS "staffName", u."name" AS "userName"
        FROM (SELECT r.* FROM ${found} ${after ? Prisma.sql`AND r."id" < ${after}` : Prisma.empty} ORDER BY r."id" DESC LIMIT ${pageSize + 1}) f
        JOIN "Impersonation" i ON i."id" = f."impersonationId" JOIN "StaffMember" m ON m."id" = i."staffMemberId"
        JOIN "User" u ON u."id" = i."userId" ORDER BY f."id" DESC`;
      const page = cutPage(rows, ({ id }) => id);
      return { ...page, rows: page.rows.map((row) => ({ ...row, verdictTitle: verdictTitles[row.verdict] })) };
    }),

  /** How many wait, and for admins how many verdicts somebody has to act on. */
  summary: staffProcedure.query(async ({ ctx }) => {
    const isAdmin = ctx.actor.roles.includes("admin");
    const [[waits], [toActOn]] = await Promise.all([
      reader().$queryRaw<{ count: number }[]>(cappedCount(waiting)),
      isAdmin ? reader().$queryRaw<{ count: number }[]>(cappedCount(found)) : [],
    ]);
    return { waiting: waits?.count ?? 0, found: toActOn?.count ?? 0, mayReview: ctx.ability.can("impersonation.review", "Impersonation") };
  }),

  /** One impersonation as its reviewer needs it: what was changed, and what was found. */
  of: staffProcedure.input(z.strictObject({ id: text({ max: 64 }) })).query(async ({ ctx, input: { id } }) => {
    const [row, review, changes] = await Promise.all([
      targets.Impersonation.find(reader(), { id }),
      reader().impersonationReview.findUnique({
        where: { impersonationId: id },
        select: { verdict: true, note: true, reviewerLabel: true, reviewedAt: true },
      }),
      findChanges(reader(), id),
    ]);
    if (!row) throw new AppError("NOT_FOUND", { userMessage: "There is no such impersonation." });
    const operation = describeOperation({ ctx, operation: getOperation("impersonation.review"), type: "Impersonation", row });
    const own = row.staffMemberId === ctx.actor.id;
    return {
      review: review && { ...review, verdictTitle: verdictTitles[review.verdict] },
      changes,
      operation: own ? { ...operation, allowed: false, whyNot: "A second person does this: it is your own." } : operation,
    };
  }),
});

import { z } from "zod";
import { readsPersonalData } from "#domain/roles.ts";
import { text } from "#lib/text.ts";
import type { StaffActor } from "#server/actor.ts";
import { reader } from "#server/db.ts";
import { AppError } from "#server/errors.ts";
import { cutPage, pageSize } from "#server/keyset.ts";
import { maySeePersonalData, showPersonal } from "#server/personal-data.ts";
import type { TargetRow } from "#server/targets.ts";
import { type ProcedureContext, router, staffProcedure } from "#server/trpc.ts";
import { describeOperations, type OperationLink } from "../describe-operations.ts";

const select = {
  id: true,
  staffMemberId: true,
  staffSessionId: true,
  userId: true,
  organizationId: true,
  mode: true,
  reason: true,
  ticket: true,
  startEventId: true,
  startedAt: true,
  expiresAt: true,
  endedAt: true,
  writeReason: true,
  steppedUpAt: true,
  needsReview: true,
  staffMember: { select: { id: true, name: true } },
  user: { select: { id: true, name: true, email: true } },
  organization: { select: { id: true, name: true, slug: true } },
  review: { select: { id: true, verdict: true, note: true, reviewerLabel: true, reviewedAt: true } },
} as const;

export const impersonationsRouter = router({
  list: staffProcedure.input(z.strictObject({ after: text({ max: 64 }).optional() })).query(async ({ ctx, input: { after } }) => {
    const rows = await reader().impersonation.findMany({
      ...(after ? { where: { id: { lt: after } } } : {}),
      orderBy: { id: "desc" },
      take: 51,
      select,
      relationLoadStrategy: "join",
    });
    const shown = rows.slice(0, 50).map((row) => ({
      ...row,
      user: showPersonal("User", row.user, readsPersonalData(ctx.actor.roles)),
      state: stateOf(row),
      operations: describeOwn(ctx, row),
    }));
    return { rows: shown, next: rows.length > 50 ? (shown.at(-1)?.id ?? null) : null };
  }),

  get: staffProcedure.input(z.strictObject({ id: text({ max: 64 }) })).query(async ({ ctx, input: { id } }) => {
    const row = await reader().impersonation.findUnique({ where: { id }, select, relationLoadStrategy: "join" });
    if (!row) throw new AppError("NOT_FOUND", { userMessage: "There is no such impersonation." });
    const user = showPersonal("User", row.user, await maySeePersonalData(ctx.actor, row.userId));
    return { ...row, user, state: stateOf(row), mine: isMine(row, ctx.actor), operations: describeOwn(ctx, row) };
  }),

  /** What was opened and called inside it, in order. */
  views: staffProcedure
    .input(
      z.strictObject({
        id: text({ max: 64 }),
        after: z
          .string()
          .regex(/^\d{1,18}$/)
          .optional(),
      }),
    )
    .query(async ({ input: { id, after } }) => {
      const rows = await reader().impersonationView.findMany({
        where: { impersonationId: id, ...(after ? { id: { gt: BigInt(after) } } : {}) },
        orderBy: { id: "asc" },
        take: pageSize + 1,
        select: { id: true, at: true, kind: true, name: true },
      });
      return cutPage(
        rows.map((row) => ({ ...row, id: String(row.id) })),
        (row) => row.id,
      );
    }),
});

type Row = TargetRow<"Impersonation">;

/** Begun by this person, in this very session. */
function isMine({ staffMemberId, staffSessionId }: Pick<Row, "staffMemberId" | "staffSessionId">, { id, sessionId }: StaffActor): boolean {
  return staffMemberId === id && staffSessionId === sessionId;
}

/** The operations on it; changes are allowed by whoever began it, and by nobody else. */
function describeOwn(ctx: ProcedureContext & { actor: StaffActor }, row: Row): OperationLink[] {
  const operations = describeOperations({ ctx, type: "Impersonation", row });
  if (isMine(row, ctx.actor)) return operations;
  const whyNot = `Only ${row.staffMember.name}, in the session in which it began, asks for that.`;
  return operations.map((one) => (one.allowed && one.name === "impersonation.stepUp" ? { ...one, allowed: false, whyNot } : one));
}

export type ImpersonationState = "open" | "ended" | "expired";

function stateOf({ endedAt, expiresAt }: { endedAt: Date | null; expiresAt: Date }): ImpersonationState {
  if (endedAt) return "ended";
  return expiresAt > new Date() ? "open" : "expired";
}

import { alarmRole } from "#domain/alarms.ts";
import { Prisma } from "#generated/prisma/client.ts";
import { mayApprove } from "#server/approvals/approvers.ts";
import { reader } from "#server/db.ts";
import { cappedCount } from "#server/keyset.ts";
import { findRefusedCalls } from "#server/stripe/refused-calls.ts";
import { targets } from "#server/targets.ts";
import { router, staffProcedure } from "#server/trpc.ts";
import { whoMay } from "../describe-operations.ts";
import { allOperations, getOperation } from "../registry.ts";

/** What the link to it finds: the index of operations has it. */
const outsideChanges = Prisma.sql`"AuditEvent" WHERE "operation" = 'database.write' AND "at" > now() - interval '7 days'`;

export const homeRouter = router({
  /** What staff can do, by group, and what waits for this person. */
  get: staffProcedure.query(async ({ ctx }) => {
    const mayAskAgain = ctx.ability.can("stripeCall.retry", "StripeCall");
    const [drafts, impersonations, waiting, refused, [outside]] = await Promise.all([
      reader().proposal.findMany({
        where: { requesterId: ctx.actor.id, state: "draft", expiresAt: { gt: new Date() } },
        orderBy: { id: "desc" },
        take: 5,
        select: { id: true, summary: true, createdAt: true },
      }),
      reader().impersonation.findMany({
        where: { endedAt: null, expiresAt: { gt: new Date() } },
        orderBy: { id: "desc" },
        take: 5,
        select: {
          id: true,
          expiresAt: true,
          staffMemberId: true,
          staffMember: { select: { name: true } },
          user: { select: { name: true } },
          organization: { select: { name: true } },
        },
        relationLoadStrategy: "join",
      }),
      reader().proposal.findMany({
        where: { state: "awaitingApproval", expiresAt: { gt: new Date() } },
        orderBy: { id: "asc" },
        take: 100,
        select: { id: true, operation: true, summary: true, requesterId: true, submittedAt: true },
      }),
      mayAskAgain ? findRefusedCalls(reader()) : { count: 0, latest: [] },
      ctx.actor.roles.includes(alarmRole) ? reader().$queryRaw<{ count: number }[]>(cappedCount(outsideChanges)) : [],
    ]);
    const own = waiting.filter(({ requesterId }) => requesterId === ctx.actor.id);
    const toApprove = waiting.filter(
      ({ requesterId, operation }) => requesterId !== ctx.actor.id && mayApprove(getOperation(operation), ctx.actor.roles),
    ).length;
    const operations = allOperations
      .filter(({ allow }) => allow)
      .map((operation) => {
        const allowed = ctx.ability.can(operation.name, operation.target);
        const { name, title, description, risk, target, formPath } = operation;
        return {
          name,
          title,
          description,
          risk,
          target,
          path: formPath ?? `/admin/operations/${name}`,
          targetTitle: targets[target as keyof typeof targets].title,
          group: name.split(".")[0] ?? name,
          allowed,
          whyNot: allowed ? null : whoMay(operation),
        };
      });
    return { drafts, asked: own.slice(0, 5), toApprove, impersonations, refused, outsideChanges: outside?.count ?? 0, operations };
  }),
});

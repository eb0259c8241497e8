import { z } from "zod";
import { bulkCap } from "#domain/bulk.ts";
import { readsPersonalData } from "#domain/roles.ts";
import { BulkItemState } from "#generated/prisma/enums.ts";
import { maskAddresses } from "#lib/mask.ts";
import { text } from "#lib/text.ts";
import type { StaffActor } from "#server/actor.ts";
import { findAmounts, findOutliers, findRefusals } from "#server/bulk/describe-bulk.ts";
import { bulkReport } from "#server/bulk/report.ts";
import { isListable } from "#server/bulk/resolve-targets.ts";
import { reader, recordEvent } from "#server/db.ts";
import { AppError } from "#server/errors.ts";
import { cutPage } from "#server/keyset.ts";
import { operationTitle } from "#server/operation-registry.ts";
import { type TargetType, targets } from "#server/targets.ts";
import { router, staffProcedure } from "#server/trpc.ts";
import { describeOperations, whyNotWith } from "../describe-operations.ts";
import { findFormDraft } from "../form-drafts.ts";
import { formFields } from "../form-fields.ts";
import { allOperations, getOperation } from "../registry.ts";

const pageSize = 100;
const one = z.strictObject({
  id: text({ max: 64 }),
  state: z.enum(BulkItemState).optional(),
  after: z.int().min(-1).max(1_000_000).optional(),
});

export const bulkItemFilters = one
  .omit({ id: true, after: true })
  .extend({ after: z.coerce.number().int().min(-1).max(1_000_000).optional() });

export const bulkRouter = router({
  /** The latest bulk runs. */
  list: staffProcedure.input(z.strictObject({ after: text({ max: 64 }).optional() })).query(async ({ input: { after } }) => {
    const rows = await reader().bulkRun.findMany({
      where: after ? { id: { lt: after } } : {},
      orderBy: { id: "desc" },
      take: pageSize + 1,
    });
    const page = cutPage(rows, ({ id }) => id, pageSize);
    return { ...page, rows: page.rows.map(({ input: _input, ...row }) => ({ ...row, title: operationTitle(row.operation) })) };
  }),

  /** What can be run over a list, with who may. */
  operations: staffProcedure.query(({ ctx }) =>
    allOperations
      .filter(({ bulk, target, allow }) => bulk && allow && isListable(target as TargetType))
      .map((operation) => {
        const { name, title, description, risk, target } = operation;
        return { name, title, description, risk, targetTitle: targets[target as TargetType].title, ...bulkPermission(ctx.actor, name) };
      }),
  ),

  /** The form of one of them; `draft` names this person's refused one. */
  form: staffProcedure
    .input(z.strictObject({ name: text({ max: 100 }), draft: text({ max: 64 }).optional() }))
    .query(async ({ ctx, input: { name, draft } }) => {
      const operation = getOperation(name);
      const type = operation.target as TargetType;
      if (!operation.bulk || !isListable(type)) throw new AppError("NOT_FOUND", { userMessage: "This is done one at a time." });
      const refused = await findFormDraft(draft, ctx.actor.id);
      const { title, description, risk, ticket } = operation;
      return {
        operation: { name, title, description, risk, needsTicket: ticket === "required", target: type, targetTitle: targets[type].title },
        fields: formFields(operation),
        values: refused?.values ?? {},
        error: refused?.error ?? null,
        cap: bulkCap(ctx.actor.roles),
        ...bulkPermission(ctx.actor, name),
      };
    }),

  /** One bulk run: counts, sums, outliers, refusals, and its targets in order. */
  get: staffProcedure.input(one).query(async ({ ctx, input: { id, state, after = -1 } }) => {
    const run = await targets.BulkRun.find(reader(), { id });
    if (!run) throw new AppError("NOT_FOUND", { userMessage: "There is no such bulk run." });
    const [counts, amounts, outliers, refusals, rows, proposal] = await Promise.all([
      reader().bulkRun.findUniqueOrThrow({
        where: { id },
        select: { prepared: true, refused: true, succeeded: true, failed: true, createdAt: true, startedAt: true, finishedAt: true },
      }),
      findAmounts(reader(), id),
      findOutliers(reader(), id),
      findRefusals(reader(), id),
      reader().bulkItem.findMany({
        where: { bulkRunId: id, position: { gt: after }, ...(state && { state }) },
        orderBy: { position: "asc" },
        take: pageSize + 1,
      }),
      reader().proposal.findFirst({
        where: { targetId: id, operation: "bulk.start" },
        orderBy: { id: "desc" },
        select: { id: true, state: true, requesterId: true },
      }),
    ]);
    const { target, title } = getOperation(run.operation);
    const path = targets[target as TargetType].path as (row: { id: string }) => string;
    const show = namesFor(ctx.actor.roles);
    const page = cutPage(rows, ({ position }) => position, pageSize);
    const items = page.rows.map(({ hash: _hash, ...item }) => ({
      ...item,
      targetId: show(item.targetId),
      targetLabel: item.targetLabel && show(item.targetLabel),
      path: path({ id: item.targetId }),
    }));
    return {
      run: { ...run, ...counts, title },
      amounts,
      outliers,
      refusals,
      items,
      next: page.next,
      proposal,
      operations: describeOperations({ ctx, type: "BulkRun", row: run }),
    };
  }),

  /** What became of each target, as CSV; taking it is recorded. */
  report: staffProcedure.input(z.strictObject({ id: text({ max: 64 }) })).query(async ({ ctx, input: { id } }) => {
    const run = await targets.BulkRun.find(reader(), { id });
    if (!run) throw new AppError("NOT_FOUND", { userMessage: "There is no such bulk run." });
    await recordEvent({
      context: ctx,
      operation: "bulk.report",
      outcome: "succeeded",
      summary: `Take the report of a bulk run of ${run.operation}`,
      target: { type: "BulkRun", id, label: targets.BulkRun.label(run) },
    });
    return bulkReport(id, namesFor(ctx.actor.roles));
  }),

  /** How far it is. */
  progress: staffProcedure.input(z.strictObject({ id: text({ max: 64 }) })).query(async ({ input: { id } }) => {
    const run = await reader().bulkRun.findUnique({
      where: { id },
      select: { state: true, total: true, prepared: true, refused: true, succeeded: true, failed: true },
    });
    if (!run) throw new AppError("NOT_FOUND", { userMessage: "There is no such bulk run." });
    return run;
  }),
});

/** Whether this person may run this operation over a list, or why not. */
function bulkPermission({ roles }: StaffActor, name: string): { allowed: boolean; whyNot: string | null } {
  const whyNot = whyNotWith(roles, "bulk.prepare") ?? whyNotWith(roles, name);
  return { allowed: whyNot === null, whyNot };
}

/** What somebody typed into a list may be an address that nobody here has. */
function namesFor(roles: Parameters<typeof readsPersonalData>[0]): (name: string) => string {
  return readsPersonalData(roles) ? (name) => name : maskAddresses;
}

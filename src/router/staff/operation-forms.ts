import { z } from "zod";
import { text } from "#lib/text.ts";
import { mayOn } from "#server/ability.ts";
import { reader } from "#server/db.ts";
import { AppError } from "#server/errors.ts";
import { type TargetType, targets } from "#server/targets.ts";
import { router, staffProcedure } from "#server/trpc.ts";
import { whyNotUndo } from "#server/undo.ts";
import { whoMay } from "../describe-operations.ts";
import { findFormDraft } from "../form-drafts.ts";
import { formFields } from "../form-fields.ts";
import { getOperation } from "../registry.ts";

const input = z.strictObject({
  name: text({ max: 100 }),
  targetId: text({ max: 64 }).optional(),
  draft: text({ max: 64 }).optional(),
  undoOf: text({ max: 64 }).optional(),
  /** What a link fills in beforehand; it is checked like anything typed. */
  values: z.record(z.string().max(100), z.string().max(2_000)).optional(),
});

export const operationFormsRouter = router({
  /** The form of an operation on one target: what to ask, what is known already, and whether this person may. */
  get: staffProcedure.input(input).query(async ({ ctx, input: { name, targetId, draft, undoOf, values } }) => {
    const operation = getOperation(name);
    if (!operation.allow) throw new AppError("NOT_FOUND", { userMessage: "Only customers do this themselves." });
    const type = operation.target as TargetType;
    const { find, label, path, title } = targets[type];
    const [row, refused] = await Promise.all([
      find(reader(), { id: type === "System" ? "system" : (targetId ?? "") } as never),
      findFormDraft(draft, ctx.actor.id),
    ]);
    if (!row) throw new AppError("NOT_FOUND", { userMessage: `There is no such ${title.toLowerCase()}.` });
    const allowed = mayOn(ctx.ability, name, type, row as never);
    const whyNotBack = undoOf ? await whyNotUndo(reader(), { undoOf, operation, targetId: row.id }) : null;
    const whyNot = allowed ? (operation.unavailable?.(row) ?? whyNotBack) : whoMay(operation);
    const { description, risk, ticket } = operation;
    const notice = (await operation.notice?.({ target: row, db: reader() })) ?? null;
    return {
      operation: { name, title: operation.title, description, risk, needsTicket: ticket === "required" },
      target: { id: row.id, type, title, label: label(row as never), path: path(row as never) },
      notice,
      fields: formFields(operation),
      values: refused?.values ?? { ...defaultsOf(operation.defaults?.(row)), ...values },
      error: refused?.error ?? null,
      permitted: allowed,
      allowed: whyNot === null,
      whyNot,
    };
  }),
});

function defaultsOf(defaults: Record<string, unknown> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(defaults).map(([name, value]) => [`input.${name}`, String(value ?? "")]));
}

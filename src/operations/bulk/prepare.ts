import { z } from "zod";
import { bulkCap, mostTargets, parseTargets } from "#domain/bulk.ts";
import type { InputJsonValue } from "#generated/prisma/internal/prismaNamespace.ts";
import { plural, text } from "#lib/text.ts";
import { isListable, resolveTargets } from "#server/bulk/resolve-targets.ts";
import { bulkJob } from "#server/effects/bulk-job.ts";
import { AppError } from "#server/errors.ts";
import { defineOperation } from "#server/operation.ts";
import { operationTitle, registeredOperation } from "#server/operation-registry.ts";
import type { TargetType } from "#server/targets.ts";

const longestName = 300;

export const bulkPrepare = defineOperation({
  name: "bulk.prepare",
  title: "Prepare a bulk run",
  description: "One operation over a list: what it would do to each is previewed first, and nothing changes until a second person agrees.",
  target: "System",
  allow: { operations: true },
  risk: "routine",
  formPath: "/admin/bulk/new",
  input: z.strictObject({
    operation: text({ max: 100 }).meta({ title: "Operation" }),
    values: text({ min: 2, max: 20_000, lines: true }).meta({ title: "Input", help: "What each gets, as JSON" }),
    targets: text({ max: 100 * mostTargets, lines: true }).meta({ title: "Targets", help: "One a line, or a CSV" }),
  }),
  summary: ({ input }) => `Prepare a bulk run: ${operationTitle(input.operation)}`,
  next: ({ bulkRunId }) => `/admin/bulk/${bulkRunId}`,
  async run({ db, input, context, reason, ticket, effect }) {
    const { actor } = context;
    if (actor.type !== "staff") throw new AppError("FORBIDDEN");
    const operation = registeredOperation(input.operation);
    const type = operation.target as TargetType;
    if (!operation.bulk || !isListable(type)) throw refuse("operation", `“${operation.title}” is done one at a time.`);
    if (!actor.roles.some((role) => operation.allow?.[role])) throw new AppError("FORBIDDEN");
    if (operation.ticket === "required" && !ticket)
      throw new AppError("INVALID_INPUT", { details: { fields: { ticket: "This needs a ticket." } } });
    const values = readValues(operation.input, input.values);
    const named = parseTargets(input.targets);
    if (!named) throw refuse("targets", "This is no list: a quote does not end.");
    const tooLong = named.findIndex((name) => name.length > longestName);
    if (tooLong >= 0) throw refuse("targets", `The entry number ${tooLong + 1} is too long to be a name.`);
    const targets = await resolveTargets(db, type, named);
    const cap = bulkCap(actor.roles);
    if (targets.length === 0) throw refuse("targets", "Name at least one.");
    if (targets.length > cap)
      throw refuse("targets", `These are ${targets.length.toLocaleString("en-GB")}; you may at most ${cap.toLocaleString("en-GB")}.`);
    const { id: bulkRunId } = await db.bulkRun.create({
      data: {
        operation: operation.name,
        input: values as InputJsonValue,
        reason: reason ?? "",
        ticket,
        requesterId: actor.id,
        requesterLabel: actor.label,
        requesterSessionId: actor.sessionId,
        requesterIp: context.sourceIp,
        total: targets.length,
      },
      select: { id: true },
    });
    const items = targets.map(({ name, id, label }, position) => ({
      bulkRunId,
      position,
      targetId: id ?? name,
      targetLabel: label,
      ...(!id && missing),
    }));
    await db.bulkItem.createMany({ data: items });
    effect(bulkJob(bulkRunId, `Preview for ${plural(targets.length, "target")}`));
    return { bulkRunId };
  },
});

const missing = { state: "refused" as const, message: "There is none of this name or id." };

function readValues(schema: z.ZodObject, json: string): Record<string, unknown> {
  let values: unknown;
  try {
    values = JSON.parse(json);
  } catch {
    throw refuse("values", "This is not JSON.");
  }
  const parsed = schema.safeParse(values);
  if (parsed.success) return values as Record<string, unknown>;
  const fields = Object.fromEntries(parsed.error.issues.slice(0, 20).map(({ path, message }) => [`input.${path.join(".")}`, message]));
  throw new AppError("INVALID_INPUT", { details: { fields } });
}

function refuse(field: string, sentence: string): AppError {
  return new AppError("INVALID_INPUT", { userMessage: sentence, details: { fields: { [`input.${field}`]: sentence } } });
}

import { z } from "zod";
import { text } from "#lib/text.ts";
import { withoutSecrets } from "#lib/without-secrets.ts";
import type { SignedInContext } from "./actor.ts";
import type { EventInput } from "./audit/event.ts";
import { AppError } from "./errors.ts";
import type { AnyOperation } from "./operation.ts";

/** What every request to run or preview an operation carries, whichever way it comes. What people write of it is kept for ever, without secrets. */
export const envelopeSchema = z.strictObject({
  targetId: text({ max: 64 }),
  input: z.unknown(),
  reason: text({ min: 3, max: 500, lines: true }).overwrite(withoutSecrets).optional(),
  ticket: text({ max: 64 }).overwrite(withoutSecrets).optional(),
  confirmation: text({ min: 0, max: 300 }).optional(),
  proposalId: text({ max: 64 }).optional(),
  /** The event that this takes back: refused where something later touched the same. */
  undoOf: text({ max: 64 }).optional(),
});

export type Envelope = z.input<typeof envelopeSchema>;
export type ParsedEnvelope = z.output<typeof envelopeSchema>;

/** The envelope with its input, checked; throws INVALID_INPUT with a sentence for each field. */
export function parseEnvelope({ operation, context, envelope }: Request): { envelope: ParsedEnvelope; input: Record<string, unknown> } {
  const { impersonation } = context;
  // In a customer's seat nobody is asked again: the reason is the one for sitting there.
  const staff = context.actor.type === "staff" && !impersonation;
  const schema = schemaOf(operation, staff);
  const parsed = schema.safeParse(envelope);
  if (!parsed.success) {
    const fields = Object.fromEntries(
      parsed.error.issues
        .slice(0, 20)
        .map((issue) => [issue.path.join("."), issue.message.slice(0, 300)])
        .reverse(),
    );
    throw new AppError("INVALID_INPUT", { details: { fields } });
  }
  const { reason = impersonation?.reason, ticket = impersonation?.ticket } = parsed.data;
  return { envelope: { ...parsed.data, reason, ticket }, input: parsed.data.input as Record<string, unknown> };
}

/** What an event says about a request that may be refused before anything of it is checked. */
export function describeEnvelope({ operation, context, envelope }: Request): Pick<EventInput, "reason" | "ticket" | "target"> {
  const { data } = envelopeSchema.safeParse(envelope);
  if (!data) return {};
  const { targetId: id, reason = context.impersonation?.reason, ticket = context.impersonation?.ticket } = data;
  return { reason, ticket, target: { type: operation.target, id, label: id } };
}

const schemas = { staff: new WeakMap<AnyOperation, EnvelopeSchema>(), others: new WeakMap<AnyOperation, EnvelopeSchema>() };

/** Made once for each operation: zod compiles a schema when it is first used, which takes longer than using it. */
function schemaOf(operation: AnyOperation, staff: boolean): EnvelopeSchema {
  const made = staff ? schemas.staff : schemas.others;
  const schema = made.get(operation) ?? createSchema(operation, staff);
  made.set(operation, schema);
  return schema;
}

function createSchema(operation: AnyOperation, staff: boolean) {
  return envelopeSchema.extend({ input: operation.input as z.ZodObject }).superRefine(({ reason, ticket }, check) => {
    if (staff && !reason) check.addIssue({ code: "custom", path: ["reason"], message: "Say why; it is recorded." });
    if (staff && operation.ticket === "required" && !ticket)
      check.addIssue({ code: "custom", path: ["ticket"], message: "This needs a ticket." });
  });
}

type EnvelopeSchema = ReturnType<typeof createSchema>;
type Request = { operation: AnyOperation; context: SignedInContext; envelope: Envelope };

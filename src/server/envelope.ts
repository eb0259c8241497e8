import { z } from "zod";
import { text } from "#lib/text.ts";
import type { SignedInContext } from "./actor.ts";
import { AppError } from "./errors.ts";
import type { AnyOperation } from "./operation.ts";

/** What every request to run or preview an operation carries, whichever way it comes. */
export const envelopeSchema = z.strictObject({
  targetId: text({ max: 64 }),
  input: z.unknown(),
  reason: text({ min: 3, max: 500, lines: true }).optional(),
  ticket: text({ max: 64 }).optional(),
  confirmation: text({ min: 0, max: 300 }).optional(),
  proposalId: text({ max: 64 }).optional(),
});

export type Envelope = z.input<typeof envelopeSchema>;
export type ParsedEnvelope = z.output<typeof envelopeSchema>;

/** The envelope with its input, checked; throws INVALID_INPUT with a sentence for each field. */
export function parseEnvelope({ operation, context, envelope }: Request): { envelope: ParsedEnvelope; input: Record<string, unknown> } {
  const staff = context.actor.type === "staff";
  const schema = envelopeSchema.extend({ input: operation.input }).superRefine(({ reason, ticket }, check) => {
    if (staff && !reason) check.addIssue({ code: "custom", path: ["reason"], message: "Say why; it is recorded." });
    if (staff && operation.ticket === "required" && !ticket)
      check.addIssue({ code: "custom", path: ["ticket"], message: "This needs a ticket." });
  });
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
  return { envelope: parsed.data, input: parsed.data.input as Record<string, unknown> };
}

type Request = { operation: AnyOperation; context: SignedInContext; envelope: Envelope };

import { reader, writer } from "#server/db.ts";
import type { AppError, FieldErrors } from "#server/errors.ts";
import type { AnyOperation } from "#server/operation.ts";
import { formFields } from "./form-fields.ts";

// A list that somebody pasted is long; what was sent is bounded already.
const longest = 500_000;

export type FormDraft = { values: Record<string, string>; error: { message: string; fields: FieldErrors } };

type Refused = { ownerId: string; operation: AnyOperation; form: ReadonlyMap<string, string>; error: AppError };

/** Keeps what somebody typed into a form that was refused, so that the page can show it again with what is wrong. */
export async function saveFormDraft({ ownerId, operation, form, error }: Refused): Promise<string> {
  const secrets = new Set(formFields(operation).flatMap((field) => (field.kind === "password" ? [`input.${field.name}`] : [])));
  const values = Object.fromEntries(
    [...form]
      .filter(([name, value]) => !secrets.has(name) && isStorable(name) && isStorable(value))
      .map(([name, value]) => [name, value.slice(0, longest).toWellFormed()]),
  );
  const [draft] = await Promise.all([
    writer().formDraft.create({
      data: { ownerId, operation: operation.name, values, error: { message: error.userMessage, fields: error.details.fields ?? {} } },
      select: { id: true },
    }),
    writer().formDraft.deleteMany({ where: { createdAt: { lt: new Date(Date.now() - 3_600_000) } } }),
  ]);
  return draft.id;
}

/** Somebody's own refused form, or null when there is none or it is an hour old. */
export async function findFormDraft(id: string | undefined, ownerId: string): Promise<FormDraft | null> {
  if (!id || !isStorable(id)) return null;
  const draft = await reader().formDraft.findFirst({
    where: { id, ownerId, createdAt: { gt: new Date(Date.now() - 3_600_000) } },
    select: { values: true, error: true },
  });
  return draft as FormDraft | null;
}

function isStorable(value: string): boolean {
  return value.isWellFormed() && !value.includes("\0");
}

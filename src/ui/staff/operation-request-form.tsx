import type { FormDraft } from "#router/form-drafts.ts";
import type { FormField } from "#router/form-fields.ts";
import { TextareaField, TextField } from "../field.tsx";
import { Message } from "../message.tsx";
import { OperationField } from "../operation-field.tsx";

type Props = {
  operation: { name: string; needsTicket: boolean };
  targetId: string;
  /** The event that it takes back. */
  undoOf: string | undefined;
  fields: readonly FormField[];
  values: FormDraft["values"];
  error: FormDraft["error"] | null;
};

/** What staff say before an operation is previewed: its input, why, and for which ticket. */
export function OperationRequestForm({ operation, targetId, undoOf, fields, values, error }: Props) {
  const errors = error?.fields ?? {};
  return (
    <form method="post" action={`/admin/operations/${operation.name}/submit`}>
      {error && <Message tone="error">{error.message}</Message>}
      <input type="hidden" name="targetId" value={targetId} />
      {undoOf && <input type="hidden" name="undoOf" value={undoOf} />}
      {fields.map((field) => {
        const name = `input.${field.name}`;
        return <OperationField key={name} field={field} value={values[name] ?? ""} error={errors[name]} />;
      })}
      <TextareaField
        label="Reason"
        name="reason"
        help="Why this is done. It is recorded with the change."
        required
        minLength={3}
        maxLength={500}
        defaultValue={values.reason}
        error={errors.reason}
      />
      <TextField
        label={operation.needsTicket ? "Ticket" : "Ticket (optional)"}
        name="ticket"
        help="For example SUP-4211"
        required={operation.needsTicket}
        maxLength={64}
        autoComplete="off"
        defaultValue={values.ticket}
        error={errors.ticket}
      />
      <button className="primary" type="submit">
        Preview
      </button>
      <p className="help">Nothing changes yet: next you see exactly what would.</p>
    </form>
  );
}

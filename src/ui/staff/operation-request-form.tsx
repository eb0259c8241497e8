import type { FormDraft } from "#router/form-drafts.ts";
import type { FormField } from "#router/form-fields.ts";
import { Message } from "../message.tsx";
import { OperationField } from "../operation-field.tsx";
import { ReasonFields } from "./reason-fields.tsx";

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
      <ReasonFields values={values} errors={errors} needsTicket={operation.needsTicket} recordedWith="the change" />
      <button className="primary" type="submit">
        Preview
      </button>
      <p className="help">Nothing changes yet: next you see exactly what would.</p>
    </form>
  );
}

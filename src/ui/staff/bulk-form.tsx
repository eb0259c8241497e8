import type { FormDraft } from "#router/form-drafts.ts";
import type { FormField } from "#router/form-fields.ts";
import { TextareaField } from "../field.tsx";
import { Message } from "../message.tsx";
import { OperationField } from "../operation-field.tsx";
import { ListFile } from "./list-file.tsx";
import { ReasonFields } from "./reason-fields.tsx";

type Props = {
  operation: { name: string; needsTicket: boolean; target: string; targetTitle: string };
  fields: readonly FormField[];
  values: FormDraft["values"];
  error: FormDraft["error"] | null;
  cap: number;
  /** How many a search found. */
  found: number | null;
};

const named: Record<string, string> = { Organization: "ids or slugs", User: "ids or e-mail addresses", Invoice: "ids or numbers" };

/** What each target gets, which targets, why, and for which ticket. */
export function BulkForm({ operation, fields, values, error, cap, found }: Props) {
  const errors = error?.fields ?? {};
  return (
    <form method="post" action="/admin/bulk/new/submit">
      {error && <Message tone="error">{error.message}</Message>}
      <input type="hidden" name="operation" value={operation.name} />
      {fields.map((field) => {
        const name = `input.${field.name}`;
        return <OperationField key={name} field={field} value={values[name] ?? ""} error={errors[name]} />;
      })}
      {found !== null && (
        <Message tone="notice">
          {found.toLocaleString("en-GB")} from your search. {found === cap && "There may be more: this is as many as you may take at once."}
        </Message>
      )}
      <TextareaField
        label={`${operation.targetTitle}s`}
        name="targets"
        id="targets"
        help={`One a line: ${named[operation.target]}. Or a CSV with a column id, slug, email or number. At most ${cap.toLocaleString("en-GB")}; each counts once.`}
        required
        rows={10}
        spellCheck={false}
        defaultValue={values.targets}
        error={errors["input.targets"]}
      />
      <ListFile into="targets" />
      <ReasonFields values={values} errors={errors} needsTicket={operation.needsTicket} recordedWith="each change" />
      <button className="primary" type="submit">
        Preview for each
      </button>
      <p className="help">Nothing changes yet: the worker previews each target, and then a second person has to agree.</p>
    </form>
  );
}

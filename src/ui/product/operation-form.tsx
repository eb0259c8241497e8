import { type ReactNode, useId } from "react";
import type { FormDraft } from "#router/form-drafts.ts";
import type { FormField } from "#router/form-fields.ts";
import { TextField } from "../field.tsx";
import { OperationField } from "../operation-field.tsx";

type Props = {
  operation: string;
  targetId: string;
  /** Where the form is: shown again there with what was wrong. */
  back: string;
  /** Where to go on; `:name` stands for what the operation has made. */
  next?: string;
  fields?: readonly FormField[];
  /** Instead of fields, where they are written out. */
  children?: ReactNode;
  values?: Record<string, unknown>;
  /** What was typed here before it was refused. */
  draft: FormDraft | null;
  /** What to type to confirm. */
  phrase?: string;
  submit: string;
  danger?: boolean;
  whyNot: string | null;
};

/** A form of the product for one operation; where it may not be used, it says why. */
export function OperationForm(props: Props) {
  const { operation, targetId, back, next, fields = [], children, values = {}, draft, phrase, submit, danger, whyNot } = props;
  const reasonId = useId();
  const mine = draft && draft.values.operation === operation && draft.values.targetId === targetId ? draft : null;
  const errors = mine?.error.fields ?? {};
  return (
    <form method="post" action={`/operations/${operation}`}>
      <input type="hidden" name="targetId" value={targetId} />
      <input type="hidden" name="back" value={back} />
      {next && <input type="hidden" name="next" value={next} />}
      <fieldset disabled={whyNot !== null} aria-describedby={whyNot ? reasonId : undefined}>
        {fields.map((field) => (
          <OperationField
            key={field.name}
            field={field}
            value={mine?.values[`input.${field.name}`] ?? String(values[field.name] ?? "")}
            error={errors[`input.${field.name}`]}
          />
        ))}
        {children}
        {phrase && <Confirmation phrase={phrase} error={errors.confirmation} />}
        <button className={danger ? "danger" : "primary"} type="submit">
          {submit}
        </button>
      </fieldset>
      {whyNot && (
        <p className="help" id={reasonId}>
          {whyNot}
        </p>
      )}
    </form>
  );
}

function Confirmation({ phrase, error }: { phrase: string; error: string | undefined }) {
  return <TextField label={`Type “${phrase}” to confirm`} name="confirmation" required maxLength={300} autoComplete="off" error={error} />;
}

import type { FormField } from "#router/form-fields.ts";
import { CheckboxField, SelectField, TextField } from "./field.tsx";

/** One input of an operation, as its schema describes it. */
export function OperationField({ field, value, error }: { field: FormField; value: string; error: string | undefined }) {
  const { kind, label, help, required, options, min, max, maxLength } = field;
  const common = { name: `input.${field.name}`, label, help, error };
  switch (kind) {
    case "checkbox":
      return <CheckboxField {...common} defaultChecked={value === "on" || value === "true"} />;
    case "select":
      return <SelectField {...common} options={options} any="Choose …" required={required} defaultValue={value} />;
    case "number":
      return <TextField {...common} type="number" min={min ?? undefined} max={max ?? undefined} required={required} defaultValue={value} />;
    default:
      return (
        <TextField {...common} type={kind} maxLength={maxLength ?? undefined} required={required} defaultValue={value} autoComplete="off" />
      );
  }
}

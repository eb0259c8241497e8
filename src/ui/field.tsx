import { type ComponentProps, type ReactNode, useId } from "react";

type Labelled = { label: string; name: string; help?: string | null | undefined; error?: string | undefined };
type Described = { id: string; name: string; "aria-describedby"?: string; "aria-invalid"?: true };

export function TextField({ label, help, error, ...input }: Labelled & ComponentProps<"input">) {
  return <Field {...{ label, help, error, name: input.name }}>{(described) => <input {...input} {...described} />}</Field>;
}

export function TextareaField({ label, help, error, ...textarea }: Labelled & ComponentProps<"textarea">) {
  return (
    <Field {...{ label, help, error, name: textarea.name }}>{(described) => <textarea rows={3} {...textarea} {...described} />}</Field>
  );
}

export type Option = { value: string; label: string };

/** `any` is the label of the choice that chooses nothing. */
export function SelectField({
  label,
  help,
  error,
  options,
  any,
  ...select
}: Labelled & ComponentProps<"select"> & { options: readonly Option[]; any?: string }) {
  return (
    <Field {...{ label, help, error, name: select.name }}>
      {(described) => (
        <select {...select} {...described}>
          {any !== undefined && <option value="">{any}</option>}
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

export function CheckboxField({ label, help, error, ...input }: Labelled & ComponentProps<"input">) {
  return <Field {...{ label, help, error, name: input.name }}>{(described) => <input type="checkbox" {...input} {...described} />}</Field>;
}

function Field({ label, name, help, error, children }: Labelled & { children: (described: Described) => ReactNode }) {
  // Not by its name: a page may have several forms that ask for the same.
  const id = useId();
  const describedBy = [help && `${id}-help`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({ id, name, ...(describedBy && { "aria-describedby": describedBy }), ...(error && { "aria-invalid": true }) })}
      {help && (
        <p className="help" id={`${id}-help`}>
          {help}
        </p>
      )}
      {error && (
        <p className="error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}

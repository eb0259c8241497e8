import { TextField } from "../field.tsx";

/** A password to be chosen; whether it is good enough is found out on the server. */
export function NewPasswordField({ label, name, error }: { label: string; name: string; error: string | undefined }) {
  return (
    <TextField
      label={label}
      name={name}
      type="password"
      autoComplete="new-password"
      required
      minLength={12}
      maxLength={200}
      help="At least 12 characters; a few unrelated words are easiest to remember."
      error={error}
    />
  );
}

/** The password that counts now: a session alone may be stolen. */
export function CurrentPasswordField({ error }: { error: string | undefined }) {
  return (
    <TextField
      label="Current password"
      name="input.currentPassword"
      type="password"
      autoComplete="current-password"
      required
      maxLength={200}
      error={error}
    />
  );
}

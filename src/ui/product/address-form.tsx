import { TextField } from "../field.tsx";
import { OutsideNote } from "./outside-form.tsx";

/** The address by which somebody who is not signed in is known. */
export function AddressField({ value, error }: { value: string | undefined; error: string | undefined }) {
  return (
    <TextField
      label="E-mail"
      name="input.email"
      type="email"
      autoComplete="username"
      required
      maxLength={254}
      defaultValue={value}
      error={error}
    />
  );
}

/** After a form that is answered by mail. */
export function SentNote({ words, again }: { words: string; again: string }) {
  return (
    <OutsideNote title="Look into your mailbox">
      <p role="status">{words}</p>
      <p className="quiet">
        Nothing there after a few minutes? Look among the spam, or <a href={again}>try again</a>.
      </p>
    </OutsideNote>
  );
}

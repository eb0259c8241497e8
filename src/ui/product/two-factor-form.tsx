import { TextField } from "../field.tsx";
import { Message } from "../message.tsx";
import { CurrentPasswordField } from "./new-password-field.tsx";
import { QrCode } from "./qr-code.tsx";

type Props = {
  setup: { ticket: string; secret: string; qr: { size: number; path: string } };
  problem: string | null;
  fields: Record<string, string>;
};

/** The secret for the app, and the code with which the app shows that it has it. */
export function TwoFactorForm({ setup, problem, fields }: Props) {
  return (
    <>
      {problem && <Message tone="error">{problem}</Message>}
      <p>Scan this with an authenticator app on your phone:</p>
      <QrCode label="QR code for the authenticator app" {...setup.qr} />
      <p>
        Or enter this key there: <code>{setup.secret.replace(/(.{4})(?=.)/g, "$1 ")}</code>
      </p>
      <form method="post" action="/security/two-factor/submit">
        <input type="hidden" name="input.setup" value={setup.ticket} />
        <TextField
          label="Code from the app"
          name="input.code"
          inputMode="numeric"
          autoComplete="one-time-code"
          required
          maxLength={20}
          help="The six digits that the app shows now."
          error={fields["input.code"]}
        />
        <CurrentPasswordField error={fields["input.currentPassword"]} />
        <button className="primary" type="submit">
          Turn the second factor on
        </button>
      </form>
    </>
  );
}

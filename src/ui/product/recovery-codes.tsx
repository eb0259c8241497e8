import { Message } from "../message.tsx";
import { CurrentPasswordField } from "./new-password-field.tsx";

/** New codes, shown this once. */
export function RecoveryCodes({ codes }: { codes: readonly string[] }) {
  return (
    <>
      <p>
        Each of these signs you in once, when you do not have your phone. Print them, or keep them in a password manager: they are not shown
        again.
      </p>
      <ol aria-label="Recovery codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <form method="post" action="/security/recovery-codes/kept">
        <button className="primary" type="submit">
          I have kept them
        </button>
      </form>
    </>
  );
}

type Props = { problem: string | null; fields: Record<string, string>; whyNot: string | null };

export function NewRecoveryCodes({ problem, fields, whyNot }: Props) {
  return (
    <>
      {problem && <Message tone="error">{problem}</Message>}
      <p>Ten new codes take the place of all former ones, used or not.</p>
      <form method="post" action="/security/recovery-codes/submit">
        <fieldset disabled={whyNot !== null}>
          <CurrentPasswordField error={fields["input.currentPassword"]} />
          <button className="primary" type="submit">
            Make new recovery codes
          </button>
        </fieldset>
        {whyNot && <p className="help">{whyNot}</p>}
      </form>
    </>
  );
}

import type { FormDraft } from "#router/form-drafts.ts";
import { TextField } from "../field.tsx";
import { Time } from "../time.tsx";
import { CurrentPasswordField } from "./new-password-field.tsx";
import { OperationForm } from "./operation-form.tsx";

type Props = {
  user: { id: string; email: string; emailVerifiedAt: Date | null };
  path: string;
  draft: FormDraft | null;
  whyNot: string | null;
};

/** Another address to sign in with; also confirms the present one, where that has not happened. */
export function EmailForm({ user, path, draft, whyNot }: Props) {
  const operation = "user.requestEmailChange";
  const mine = draft?.values.operation === operation ? draft : null;
  return (
    <section>
      <h2>E-mail</h2>
      <p className="quiet">
        {user.email}, confirmed: <Time value={user.emailVerifiedAt} none="not yet; enter it below to get a link" />. We mail a link to the
        new address, and tell the old one. It changes when you open the link; your other sessions end then.
      </p>
      <OperationForm operation={operation} targetId={user.id} back={path} draft={draft} submit="Send the link" whyNot={whyNot}>
        <TextField
          label="New e-mail"
          name="input.newEmail"
          type="email"
          autoComplete="email"
          required
          maxLength={254}
          defaultValue={mine?.values["input.newEmail"]}
          error={mine?.error.fields["input.newEmail"]}
        />
        <CurrentPasswordField error={mine?.error.fields["input.currentPassword"]} />
      </OperationForm>
    </section>
  );
}

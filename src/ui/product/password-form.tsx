import type { FormDraft } from "#router/form-drafts.ts";
import { Time } from "../time.tsx";
import { CurrentPasswordField, NewPasswordField } from "./new-password-field.tsx";
import { OperationForm } from "./operation-form.tsx";

type Props = {
  user: { id: string; passwordChangedAt: Date | null };
  path: string;
  draft: FormDraft | null;
  whyNot: string | null;
};

/** Written out rather than derived, so that password managers know the two fields apart. */
export function PasswordForm({ user, path, draft, whyNot }: Props) {
  const operation = "user.changePassword";
  const errors = draft?.values.operation === operation ? draft.error.fields : {};
  return (
    <section>
      <h2>Password</h2>
      <p className="quiet">
        Last changed: <Time value={user.passwordChangedAt} />. When you change it, your other sessions end.
      </p>
      <OperationForm operation={operation} targetId={user.id} back={path} draft={draft} submit="Change password" whyNot={whyNot}>
        <CurrentPasswordField error={errors["input.currentPassword"]} />
        <NewPasswordField label="New password" name="input.newPassword" error={errors["input.newPassword"]} />
      </OperationForm>
    </section>
  );
}

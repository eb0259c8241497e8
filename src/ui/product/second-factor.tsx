import { plural } from "#lib/text.ts";
import type { FormDraft } from "#router/form-drafts.ts";
import { TextField } from "../field.tsx";
import { Time } from "../time.tsx";
import { CurrentPasswordField } from "./new-password-field.tsx";
import { OperationForm } from "./operation-form.tsx";
import { PermittedLink } from "./permitted-link.tsx";

type Props = {
  user: { id: string; totpEnabledAt: Date | null; recoveryCodesLeft: number };
  path: string;
  draft: FormDraft | null;
  whyNot: string | null;
};

/** Whether a code is asked for beside the password, and how to change that. */
export function SecondFactor({ user, path, draft, whyNot }: Props) {
  const may = whyNot === null ? { allowed: true, whyNot } : { allowed: false, whyNot };
  if (!user.totpEnabledAt)
    return (
      <section>
        <h2>Second factor</h2>
        <p className="quiet">Off. With it, a stolen password is not enough: signing in also takes a code from an app on your phone.</p>
        <PermittedLink href="/security/two-factor" may={may}>
          Set up a second factor
        </PermittedLink>
      </section>
    );
  const operation = "user.disableTwoFactor";
  const errors = draft?.values.operation === operation ? draft.error.fields : {};
  return (
    <section>
      <h2>Second factor</h2>
      <p className="quiet">
        On since <Time value={user.totpEnabledAt} />. {plural(user.recoveryCodesLeft, "recovery code")} left.
      </p>
      <PermittedLink href="/security/recovery-codes" may={may}>
        Make new recovery codes
      </PermittedLink>
      <h3>Turn it off</h3>
      <OperationForm
        operation={operation}
        targetId={user.id}
        back={path}
        draft={draft}
        submit="Turn the second factor off"
        danger
        whyNot={whyNot}
      >
        <CurrentPasswordField error={errors["input.currentPassword"]} />
        <TextField
          label="Code from the app, or a recovery code"
          name="input.code"
          autoComplete="one-time-code"
          required
          maxLength={20}
          error={errors["input.code"]}
        />
      </OperationForm>
    </section>
  );
}

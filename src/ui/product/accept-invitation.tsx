import type { FormDraft } from "#router/form-drafts.ts";
import { TextField } from "../field.tsx";
import { Message } from "../message.tsx";
import { OperationForm } from "./operation-form.tsx";

type Props = {
  invitation: { id: string; email: string; organizationName: string; hasAccount: boolean };
  token: string;
  /** Who is signed in. */
  person: { email: string } | null;
  viewingAs: string | null;
  draft: FormDraft | null;
};

/** How whoever holds the link accepts: as the one who is signed in, by signing in, or with a new account. */
export function AcceptInvitation({ invitation, token, person, viewingAs, draft }: Props) {
  const page = `/invitations/accept?${new URLSearchParams({ token })}`;
  if (viewingAs) return <Message tone="notice">You are viewing as {viewingAs}: nobody accepts an invitation from here.</Message>;
  if (person?.email === invitation.email) {
    return (
      <OperationForm
        operation="invitation.accept"
        targetId={invitation.id}
        back={page}
        next="/o/:slug/monitors"
        draft={draft}
        submit={`Join ${invitation.organizationName}`}
        whyNot={null}
      />
    );
  }
  if (person) {
    return (
      <>
        <Message tone="notice">
          You are signed in as {person.email}, and this invitation is for {invitation.email}. Sign out, then open the link from the mail
          again.
        </Message>
        <form method="post" action="/sign-out">
          <button type="submit">Sign out</button>
        </form>
      </>
    );
  }
  if (invitation.hasAccount) {
    return (
      <p>
        You have an account with this address.{" "}
        <a className="button primary" href={`/sign-in?${new URLSearchParams({ next: page })}`}>
          Sign in to accept
        </a>
      </p>
    );
  }
  return <NewAccountForm token={token} draft={draft} />;
}

function NewAccountForm({ token, draft }: { token: string; draft: FormDraft | null }) {
  const errors = draft?.error.fields ?? {};
  return (
    <form method="post" action="/invitations/accept/submit">
      <input type="hidden" name="token" value={token} />
      <TextField
        label="Your name"
        name="input.name"
        autoComplete="name"
        required
        maxLength={100}
        defaultValue={draft?.values["input.name"]}
        error={errors["input.name"]}
      />
      <TextField
        label="Password"
        name="input.password"
        type="password"
        autoComplete="new-password"
        required
        minLength={12}
        maxLength={200}
        help="At least 12 characters; a few unrelated words are easiest to remember."
        error={errors["input.password"]}
      />
      <button className="primary" type="submit">
        Create my account and join
      </button>
    </form>
  );
}

import type { Metadata } from "next";
import { findMailedLink, linkIsOver } from "#server/auth/mailed-link.ts";
import { NewPasswordField } from "#ui/product/new-password-field.tsx";
import { OutsideForm, OutsideNote } from "#ui/product/outside-form.tsx";
import { findAttempt, type Query, textOf } from "../visitor-pages.ts";

export const metadata: Metadata = { title: "Set a new password" };

export default async function ResetPasswordPage({ searchParams }: { searchParams: Query }) {
  const token = await textOf(searchParams, "token");
  const link = await findMailedLink(token, "resetPassword");
  if (!link)
    return (
      <OutsideNote title="This link is not good any more">
        <p>{linkIsOver}</p>
        <p className="actions">
          <a className="button primary" href="/forgot-password">
            Ask for a new link
          </a>
          <a href="/sign-in">Sign in</a>
        </p>
      </OutsideNote>
    );
  const { problem, fields } = await findAttempt(searchParams);
  return (
    <OutsideForm
      title="Set a new password"
      intro={`For the account of ${link.user.email}. It is signed out everywhere when you do.`}
      action="/reset-password/submit"
      token={token}
      problem={problem}
      submit="Set password"
    >
      <NewPasswordField label="New password" name="input.newPassword" error={fields["input.newPassword"]} />
    </OutsideForm>
  );
}

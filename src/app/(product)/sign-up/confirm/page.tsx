import type { Metadata } from "next";
import { findSignUp, signUpIsOver } from "#server/auth/sign-up.ts";
import { OutsideForm, OutsideNote } from "#ui/product/outside-form.tsx";
import { findAttempt, type Query, textOf } from "../../visitor-pages.ts";

export const metadata: Metadata = { title: "Confirm your address" };

export default async function ConfirmSignUpPage({ searchParams }: { searchParams: Query }) {
  const token = await textOf(searchParams, "token");
  const signUp = await findSignUp(token);
  if (!signUp)
    return (
      <OutsideNote title="This link is not good any more">
        <p>{signUpIsOver}</p>
        <p className="actions">
          <a className="button primary" href="/sign-in">
            Sign in
          </a>
          <a href="/sign-up">Sign up</a>
        </p>
      </OutsideNote>
    );
  const { problem } = await findAttempt(searchParams);
  return (
    <OutsideForm
      title="Confirm your address"
      intro={`${signUp.name}, this makes your account for ${signUp.email} and the organization ${signUp.organizationName}. If you did not ask for it, close this page.`}
      action="/sign-up/confirm/submit"
      token={token}
      problem={problem}
      submit="Confirm and start"
    />
  );
}

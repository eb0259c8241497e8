import type { Metadata } from "next";
import { findSignUp, signUpIsOver } from "#server/auth/sign-up.ts";
import { TextField } from "#ui/field.tsx";
import { OutsideForm, OutsideNote } from "#ui/product/outside-form.tsx";
import { findAttempt, type Query, textOf } from "../../visitor-pages.ts";

export const metadata: Metadata = { title: "Confirm your address" };

export default async function ConfirmSignUpPage({ searchParams }: { searchParams: Query }) {
  const token = await textOf(searchParams, "token");
  if (!(await findSignUp(token)))
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
  const { problem, fields } = await findAttempt(searchParams);
  return (
    <OutsideForm
      title="Confirm your address"
      intro="Enter the password that you chose when you signed up. If you did not sign up, close this page: nothing is made then."
      action="/sign-up/confirm/submit"
      token={token}
      problem={problem}
      submit="Confirm and start"
      footer={
        <>
          Not sure of it? <a href="/sign-up">Sign up again</a> with another one.
        </>
      }
    >
      <TextField
        label="Password"
        name="input.password"
        type="password"
        autoComplete="current-password"
        required
        maxLength={200}
        error={fields["input.password"]}
      />
    </OutsideForm>
  );
}

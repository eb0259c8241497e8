import type { Metadata } from "next";
import { TextField } from "#ui/field.tsx";
import { OutsideForm, OutsideNote } from "#ui/product/outside-form.tsx";
import { findAttempt, findSent, type Query } from "../visitor-pages.ts";

export const metadata: Metadata = { title: "Forgot your password?" };

export default async function ForgotPasswordPage({ searchParams }: { searchParams: Query }) {
  const sentTo = await findSent(searchParams);
  if (sentTo)
    return (
      <OutsideNote title="Look into your mailbox">
        <p role="status">If there is an account for {sentTo}, we have sent a mail there. Its link is good for an hour.</p>
        <p className="quiet">
          Nothing there after a few minutes? Look among the spam, or <a href="/forgot-password">try again</a>.
        </p>
      </OutsideNote>
    );
  const { values, problem, fields } = await findAttempt(searchParams);
  return (
    <OutsideForm
      title="Forgot your password?"
      intro="We mail you a link with which you set a new one."
      action="/forgot-password/submit"
      problem={problem}
      submit="Send the link"
      footer={<a href="/sign-in">Back to the sign-in</a>}
    >
      <TextField
        label="E-mail"
        name="input.email"
        type="email"
        autoComplete="username"
        required
        maxLength={254}
        defaultValue={values.email}
        error={fields["input.email"]}
      />
    </OutsideForm>
  );
}

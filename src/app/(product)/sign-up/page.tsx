import type { Metadata } from "next";
import { TextField } from "#ui/field.tsx";
import { AddressField, SentNote } from "#ui/product/address-form.tsx";
import { NewPasswordField } from "#ui/product/new-password-field.tsx";
import { OutsideForm } from "#ui/product/outside-form.tsx";
import { findAttempt, findSent, type Query } from "../visitor-pages.ts";

export const metadata: Metadata = { title: "Sign up" };

export default async function SignUpPage({ searchParams }: { searchParams: Query }) {
  const sentTo = await findSent(searchParams);
  if (sentTo) return <SentNote words={`We have sent a mail to ${sentTo}. Open its link within a day to go on.`} again="/sign-up" />;
  const { values, problem, fields } = await findAttempt(searchParams);
  return (
    <OutsideForm
      title="Sign up"
      intro="Try Countersign with your team. No payment details are asked for."
      action="/sign-up/submit"
      problem={problem}
      submit="Sign up"
      footer={
        <>
          You have an account? <a href="/sign-in">Sign in</a>
        </>
      }
    >
      <TextField
        label="Your name"
        name="input.name"
        autoComplete="name"
        required
        maxLength={100}
        defaultValue={values.name}
        error={fields["input.name"]}
      />
      <TextField
        label="Organization"
        name="input.organizationName"
        autoComplete="organization"
        required
        maxLength={100}
        defaultValue={values.organizationName}
        help="Your company or team, as your colleagues call it."
        error={fields["input.organizationName"]}
      />
      <AddressField value={values.email} error={fields["input.email"]} />
      <NewPasswordField label="Password" name="input.password" error={fields["input.password"]} />
    </OutsideForm>
  );
}

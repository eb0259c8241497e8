import type { Metadata } from "next";
import { AddressField, SentNote } from "#ui/product/address-form.tsx";
import { OutsideForm } from "#ui/product/outside-form.tsx";
import { findAttempt, findSent, type Query } from "../visitor-pages.ts";

export const metadata: Metadata = { title: "Forgot your password?" };

export default async function ForgotPasswordPage({ searchParams }: { searchParams: Query }) {
  const sentTo = await findSent(searchParams);
  if (sentTo)
    return (
      <SentNote
        words={`If there is an account for ${sentTo}, we have sent a mail there. Its link is good for an hour.`}
        again="/forgot-password"
      />
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
      <AddressField value={values.email} error={fields["input.email"]} />
    </OutsideForm>
  );
}

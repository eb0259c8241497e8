import type { Metadata } from "next";
import { findMailedLink, linkIsOver } from "#server/auth/mailed-link.ts";
import { OutsideForm, OutsideNote } from "#ui/product/outside-form.tsx";
import { findAttempt, type Query, textOf } from "../visitor-pages.ts";

export const metadata: Metadata = { title: "Confirm your address" };

export default async function ConfirmEmailPage({ searchParams }: { searchParams: Query }) {
  const token = await textOf(searchParams, "token");
  const link = await findMailedLink(token, "changeEmail");
  if (!link)
    return (
      <OutsideNote title="This link is not good any more">
        <p>{linkIsOver}</p>
        <p>
          <a className="button primary" href="/security">
            Go to your account’s security
          </a>
        </p>
      </OutsideNote>
    );
  const { problem } = await findAttempt(searchParams);
  const { user, email } = link;
  return (
    <OutsideForm
      title="Confirm your address"
      intro={
        email === user.email
          ? `${user.name}, this confirms that ${email} is yours.`
          : `${user.name}, you sign in with ${email} from then on. Your other sessions end.`
      }
      action="/confirm-email/submit"
      token={token}
      problem={problem}
      submit="Confirm this address"
    />
  );
}

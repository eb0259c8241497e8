import type { Metadata } from "next";
import { PageHeader } from "#ui/page-header.tsx";
import { EmailForm } from "#ui/product/email-form.tsx";
import { PasswordForm } from "#ui/product/password-form.tsx";
import { SecondFactor } from "#ui/product/second-factor.tsx";
import { SecurityEvents } from "#ui/product/security-events.tsx";
import { SessionTable } from "#ui/product/session-table.tsx";
import { productPage } from "../product-page.tsx";

export const metadata: Metadata = { title: "Security" };

export default productPage("/security", async ({ caller, path, draft }) => {
  const { user, sessions, events, change } = await caller.account.get();
  return (
    <>
      <PageHeader title="Security">
        <p className="quiet">
          {user.name}, {user.email}
        </p>
      </PageHeader>
      <PasswordForm user={user} path={path} draft={draft} whyNot={change.whyNot} />
      <SecondFactor user={user} path={path} draft={draft} whyNot={change.whyNot} />
      <EmailForm user={user} path={path} draft={draft} whyNot={change.whyNot} />
      <SessionTable userId={user.id} sessions={sessions} path={path} whyNot={change.whyNot} />
      <SecurityEvents events={events} />
    </>
  );
});

import type { Metadata } from "next";
import { aRole } from "#domain/memberships.ts";
import { findFormDraft } from "#router/form-drafts.ts";
import { getMailedInvitation } from "#server/auth/mailed-invitation.ts";
import { Message } from "#ui/message.tsx";
import { AcceptInvitation } from "#ui/product/accept-invitation.tsx";
import { productPage } from "../../product-page.tsx";

export const metadata: Metadata = { title: "Invitation" };

export default productPage("/invitations/accept", async ({ context, query, draft }) => {
  const token = typeof query.token === "string" ? query.token : "";
  const invitation = await getMailedInvitation(token);
  const { organizationName, invitedByLabel, role, email } = invitation;
  const refused = draft ?? (typeof query.draft === "string" ? await findFormDraft(query.draft, invitation.id) : null);
  return (
    <>
      <h1>Join {organizationName}</h1>
      {refused && !draft && <Message tone="error">{refused.error.message}</Message>}
      <p>
        {invitedByLabel} invites {email} to {organizationName} as {aRole(role)}.
      </p>
      <AcceptInvitation
        invitation={invitation}
        token={token}
        person={context.actor?.type === "user" ? { email: context.actor.email } : null}
        viewingAs={context.onBehalfOf?.label ?? null}
        draft={refused}
      />
    </>
  );
});

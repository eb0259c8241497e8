import type { Metadata } from "next";
import { formFields } from "#router/form-fields.ts";
import { getOperation } from "#router/registry.ts";
import { Message } from "#ui/message.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { InvitationTable } from "#ui/product/invitation-table.tsx";
import { MemberTable } from "#ui/product/member-table.tsx";
import { OperationForm } from "#ui/product/operation-form.tsx";
import { productPage } from "../../../product-page.tsx";

export const metadata: Metadata = { title: "Members" };

const invite = getOperation("membership.invite");
const rename = getOperation("organization.rename");

export default productPage("/o/[slug]/members", async ({ caller, context, params, path, draft }) => {
  const { organization, members, invitations, seats, invite: mayInvite, rename: mayRename } = await caller.members.list(params);
  const full = seats.used >= seats.inForce;
  return (
    <>
      <PageHeader title="Members">
        <p className="quiet">
          {seats.used} of {seats.inForce} seats used ({seats.words})
        </p>
      </PageHeader>
      {seats.overage && <Message tone="notice">{seats.overage}</Message>}
      <MemberTable members={members} ownId={(context.onBehalfOf ?? context.actor)?.id ?? null} path={path} />
      <section>
        <h2>Invitations</h2>
        <InvitationTable invitations={invitations} path={path} />
      </section>
      <section id="invite">
        <h2>Invite someone</h2>
        <p className="quiet">
          {full && mayInvite.allowed
            ? "All seats are taken. Withdraw an invitation, remove somebody, or ask support for more seats first."
            : invite.description}
        </p>
        <OperationForm
          operation={invite.name}
          targetId={organization.id}
          back={path}
          fields={formFields(invite)}
          values={{ role: "member" }}
          draft={draft}
          submit="Send the invitation"
          whyNot={mayInvite.whyNot}
        />
      </section>
      <section>
        <h2>Name of the organization</h2>
        <OperationForm
          operation={rename.name}
          targetId={organization.id}
          back={path}
          fields={formFields(rename)}
          values={{ name: organization.name }}
          draft={draft}
          submit="Rename"
          whyNot={mayRename.whyNot}
        />
      </section>
    </>
  );
});

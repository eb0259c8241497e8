import type { Metadata } from "next";
import { formFields } from "#router/form-fields.ts";
import { getOperation } from "#router/registry.ts";
import { Facts } from "#ui/facts.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { OperationButton } from "#ui/product/operation-button.tsx";
import { OperationForm } from "#ui/product/operation-form.tsx";
import { PermittedLink } from "#ui/product/permitted-link.tsx";
import { Time } from "#ui/time.tsx";
import { productPage } from "../../../../product-page.tsx";

export const metadata: Metadata = { title: "Member" };

const changeRole = getOperation("membership.changeRole");

export default productPage("/o/[slug]/members/[id]", async ({ caller, params, path, draft }) => {
  const { member, isOwn, may } = await caller.members.get(params);
  const members = `/o/${params.slug}/members`;
  return (
    <>
      <PageHeader crumbs={[{ label: "Members", path: members }]} title={member.user.name}>
        {may.elevate && (
          <PermittedLink href={`${path}/elevate`} may={may.elevate}>
            Lend a higher role
          </PermittedLink>
        )}
        <PermittedLink href={`${path}/remove`} may={isOwn ? may.leave : may.remove}>
          {isOwn ? "Leave" : "Remove"}
        </PermittedLink>
      </PageHeader>
      <Facts facts={{ "E-mail": member.user.email, Role: member.roleInWords, Joined: <Time value={member.createdAt} /> }} />
      {may.endElevation && (
        <OperationButton operation="membership.endElevation" targetId={member.id} back={path} disabled={!may.endElevation.allowed}>
          End the lent role
        </OperationButton>
      )}
      <section>
        <h2>Change role</h2>
        <p className="quiet">
          Members create and edit monitors. Admins also delete them, invite and remove people, and see the billing. Owners decide
          everything.
        </p>
        <OperationForm
          operation={changeRole.name}
          targetId={member.id}
          back={path}
          next={members}
          fields={formFields(changeRole)}
          values={{ role: member.role }}
          draft={draft}
          phrase={member.user.email}
          submit="Change role"
          whyNot={may.changeRole.whyNot}
        />
      </section>
    </>
  );
});

import type { Metadata } from "next";
import { formFields } from "#router/form-fields.ts";
import { getOperation } from "#router/registry.ts";
import { Facts } from "#ui/facts.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { OperationForm } from "#ui/product/operation-form.tsx";
import { Time } from "#ui/time.tsx";
import { productPage } from "../../../../product-page.tsx";

export const metadata: Metadata = { title: "Change role" };

const operation = getOperation("membership.changeRole");

export default productPage("/o/[slug]/members/[id]", async ({ caller, params, path, draft }) => {
  const { member, changeRole } = await caller.organizations.member(params);
  const members = `/o/${params.slug}/members`;
  return (
    <>
      <PageHeader crumbs={[{ label: "Members", path: members }]} title={member.user.name} />
      <Facts facts={{ "E-mail": member.user.email, Role: member.role, Joined: <Time value={member.createdAt} /> }} />
      <section>
        <h2>Change role</h2>
        <p className="quiet">
          Members create and edit monitors. Admins also delete them. Owners also change roles and the organization’s name.
        </p>
        <OperationForm
          operation={operation.name}
          targetId={member.id}
          back={path}
          next={members}
          fields={formFields(operation)}
          values={{ role: member.role }}
          draft={draft}
          phrase={member.user.email}
          submit="Change role"
          whyNot={changeRole.whyNot}
        />
      </section>
    </>
  );
});

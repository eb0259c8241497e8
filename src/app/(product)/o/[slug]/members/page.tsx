import type { Metadata } from "next";
import { formFields } from "#router/form-fields.ts";
import { getOperation } from "#router/registry.ts";
import { PageHeader } from "#ui/page-header.tsx";
import { MemberTable } from "#ui/product/member-table.tsx";
import { OperationForm } from "#ui/product/operation-form.tsx";
import { productPage } from "../../../product-page.tsx";

export const metadata: Metadata = { title: "Members" };

const rename = getOperation("organization.rename");

export default productPage("/o/[slug]/members", async ({ caller, context, params, path, draft }) => {
  const { organization, members, rename: permission } = await caller.organizations.members(params);
  return (
    <>
      <PageHeader title="Members" />
      <MemberTable members={members} ownId={(context.onBehalfOf ?? context.actor)?.id ?? null} path={path} />
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
          whyNot={permission.whyNot}
        />
      </section>
    </>
  );
});

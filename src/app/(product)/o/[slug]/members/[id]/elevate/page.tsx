import type { Metadata } from "next";
import { formFields } from "#router/form-fields.ts";
import { getOperation } from "#router/registry.ts";
import { PageHeader } from "#ui/page-header.tsx";
import { OperationForm } from "#ui/product/operation-form.tsx";
import { productPage } from "../../../../../product-page.tsx";

export const metadata: Metadata = { title: "Lend a higher role" };

const operation = getOperation("membership.elevate");

export default productPage("/o/[slug]/members/[id]/elevate", async ({ caller, params, path, draft }) => {
  const { member, may } = await caller.members.get(params);
  const members = `/o/${params.slug}/members`;
  const page = `${members}/${member.id}`;
  const crumbs = [
    { label: "Members", path: members },
    { label: member.user.name, path: page },
  ];
  return (
    <>
      <PageHeader crumbs={crumbs} title={operation.title} />
      <p>
        {member.user.name} is {member.roleInWords}. {operation.description}
      </p>
      <OperationForm
        operation={operation.name}
        targetId={member.id}
        back={path}
        next={page}
        fields={formFields(operation)}
        draft={draft}
        phrase={member.user.email}
        submit={operation.title}
        whyNot={may.elevate ? may.elevate.whyNot : `${member.user.name} is an owner: there is no higher role.`}
      />
    </>
  );
});

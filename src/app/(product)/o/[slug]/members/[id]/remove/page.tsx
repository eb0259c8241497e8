import type { Metadata } from "next";
import { getOperation } from "#router/registry.ts";
import { DangerPage } from "#ui/product/danger-page.tsx";
import { productPage } from "../../../../../product-page.tsx";

export const metadata: Metadata = { title: "Remove or leave" };

export default productPage("/o/[slug]/members/[id]/remove", async ({ caller, params, path, draft }) => {
  const { member, isOwn, may } = await caller.members.get(params);
  const operation = getOperation(isOwn ? "membership.leave" : "membership.remove");
  const members = `/o/${params.slug}/members`;
  const crumbs = [
    { label: "Members", path: members },
    { label: member.user.name, path: `${members}/${member.id}` },
  ];
  return (
    <DangerPage
      crumbs={crumbs}
      title={isOwn ? `Leave ${member.organization.name}` : `Remove ${member.user.name}`}
      words={operation.description}
      operation={operation.name}
      targetId={member.id}
      back={path}
      next={isOwn ? "/" : members}
      draft={draft}
      phrase={member.user.email}
      submit={isOwn ? "Leave" : "Remove"}
      whyNot={(isOwn ? may.leave : may.remove).whyNot}
    />
  );
});

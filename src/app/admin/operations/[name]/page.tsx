import type { Metadata } from "next";
import { operationsByName } from "#router/registry.ts";
import { Badge } from "#ui/badge.tsx";
import { Message } from "#ui/message.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { RiskBadge } from "#ui/risk-badge.tsx";
import { OperationRequestForm } from "#ui/staff/operation-request-form.tsx";
import { staffPage, textsOf } from "../../staff-page.tsx";

type Props = { params: Promise<{ name: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: operationsByName.get((await params).name)?.title ?? "Not found" };
}

export default staffPage("/admin/operations/[name]", async ({ staff, params: { name }, query }) => {
  const { targetId, draft, undoOf, ...rest } = textsOf(query);
  const values = Object.fromEntries(Object.entries(rest).filter(([key]) => key.startsWith("input.")));
  const { operation, target, permitted, allowed, whyNot, notice, ...form } = await staff.operationForms.get({
    name,
    targetId,
    draft,
    undoOf,
    values,
  });
  const home = { label: "Staff area", path: "/admin" };
  const crumbs = target.type === "System" ? [home] : [home, { label: target.label, path: target.path }];
  return (
    <>
      <PageHeader crumbs={crumbs} title={target.type === "System" ? operation.title : `${operation.title}: ${target.label}`}>
        {operation.risk !== "routine" && <RiskBadge risk={operation.risk} />}
        {target.type !== "System" && <Badge>{target.title}</Badge>}
      </PageHeader>
      <p>{operation.description}</p>
      {notice && <Message tone="notice">{notice}</Message>}
      {allowed ? (
        <OperationRequestForm operation={operation} targetId={target.id} undoOf={undoOf} {...form} />
      ) : (
        <Message tone="error">
          {permitted ? "This cannot be done now." : "You may not do this."} {whyNot}
        </Message>
      )}
    </>
  );
});

import type { Metadata } from "next";
import { getOperation } from "#router/registry.ts";
import { PageHeader } from "#ui/page-header.tsx";
import { OperationForm } from "#ui/product/operation-form.tsx";
import { productPage } from "../../../../../product-page.tsx";

export const metadata: Metadata = { title: "Delete monitor" };

const operation = getOperation("monitor.delete");

export default productPage("/o/[slug]/monitors/[id]/delete", async ({ caller, params, path, draft }) => {
  const { monitor, delete: remove } = await caller.monitors.get(params);
  const monitors = `/o/${params.slug}/monitors`;
  return (
    <>
      <PageHeader
        crumbs={[
          { label: "Monitors", path: monitors },
          { label: monitor.name, path: `${monitors}/${monitor.id}` },
        ]}
        title="Delete monitor"
      />
      <p>{operation.description} This cannot be undone.</p>
      <OperationForm
        operation={operation.name}
        targetId={monitor.id}
        back={path}
        next={monitors}
        draft={draft}
        phrase={monitor.name}
        submit="Delete monitor"
        danger
        whyNot={remove.whyNot}
      />
    </>
  );
});

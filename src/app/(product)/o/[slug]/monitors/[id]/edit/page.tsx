import type { Metadata } from "next";
import { formFields } from "#router/form-fields.ts";
import { getOperation } from "#router/registry.ts";
import { PageHeader } from "#ui/page-header.tsx";
import { OperationForm } from "#ui/product/operation-form.tsx";
import { productPage } from "../../../../../product-page.tsx";

export const metadata: Metadata = { title: "Edit monitor" };

const operation = getOperation("monitor.update");

export default productPage("/o/[slug]/monitors/[id]/edit", async ({ caller, params, path, draft }) => {
  const { monitor, update } = await caller.monitors.get(params);
  const monitors = `/o/${params.slug}/monitors`;
  const page = `${monitors}/${monitor.id}`;
  return (
    <>
      <PageHeader
        crumbs={[
          { label: "Monitors", path: monitors },
          { label: monitor.name, path: page },
        ]}
        title="Edit monitor"
      />
      <OperationForm
        operation={operation.name}
        targetId={monitor.id}
        back={path}
        next={page}
        fields={formFields(operation)}
        values={operation.defaults?.(monitor) ?? {}}
        draft={draft}
        submit="Save"
        whyNot={update.whyNot}
      />
    </>
  );
});

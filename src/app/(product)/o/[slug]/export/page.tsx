import type { Metadata } from "next";
import { formFields } from "#router/form-fields.ts";
import { getOperation } from "#router/registry.ts";
import { ExportTable } from "#ui/export-table.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { OperationForm } from "#ui/product/operation-form.tsx";
import { productPage } from "../../../product-page.tsx";

export const metadata: Metadata = { title: "Export" };

const operation = getOperation("organization.requestExport");

export default productPage("/o/[slug]/export", async ({ caller, params, path, draft }) => {
  const { organization, exports, request } = await caller.exports.list(params);
  return (
    <>
      <PageHeader title="Export" />
      <p>{operation.description} Each download is recorded.</p>
      <ExportTable exports={exports} path={path} empty="No exports yet. Ask for one below; you get a mail when it is ready." />
      <h2>Ask for an export</h2>
      <OperationForm
        operation={operation.name}
        targetId={organization.id}
        back={path}
        next={path}
        fields={formFields(operation)}
        values={{ people: true, monitors: true, pings: true, integrations: true, invoices: true, audit: true }}
        draft={draft}
        phrase={organization.slug}
        submit="Prepare the export"
        whyNot={request.whyNot}
      />
    </>
  );
});

import type { Metadata } from "next";
import { formFields } from "#router/form-fields.ts";
import { getOperation } from "#router/registry.ts";
import { PageHeader } from "#ui/page-header.tsx";
import { OperationForm } from "#ui/product/operation-form.tsx";
import { productPage } from "../../../../product-page.tsx";

export const metadata: Metadata = { title: "New API key" };

const operation = getOperation("apiKey.create");

export default productPage("/o/[slug]/api/new", async ({ caller, params, path, draft }) => {
  const { organization, create } = await caller.apiKeys.list(params);
  const keys = `/o/${params.slug}/api`;
  return (
    <>
      <PageHeader crumbs={[{ label: "API keys", path: keys }]} title="New API key" />
      <p>{operation.description}</p>
      <OperationForm
        operation={operation.name}
        targetId={organization.id}
        back={path}
        next={keys}
        fields={formFields(operation)}
        values={{ monitorsRead: true }}
        draft={draft}
        submit="Create API key"
        whyNot={create.whyNot}
      />
    </>
  );
});

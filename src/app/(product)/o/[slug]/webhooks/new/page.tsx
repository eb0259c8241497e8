import type { Metadata } from "next";
import { formFields } from "#router/form-fields.ts";
import { getOperation } from "#router/registry.ts";
import { PageHeader } from "#ui/page-header.tsx";
import { OperationForm } from "#ui/product/operation-form.tsx";
import { productPage } from "../../../../product-page.tsx";

export const metadata: Metadata = { title: "Add webhook" };

const operation = getOperation("webhook.create");

export default productPage("/o/[slug]/webhooks/new", async ({ caller, params, path, draft }) => {
  const { organization, create } = await caller.webhooks.list(params);
  const webhooks = `/o/${params.slug}/webhooks`;
  return (
    <>
      <PageHeader crumbs={[{ label: "Webhooks", path: webhooks }]} title="Add webhook" />
      <p>{operation.description}</p>
      <OperationForm
        operation={operation.name}
        targetId={organization.id}
        back={path}
        next={`${webhooks}/:webhookId`}
        fields={formFields(operation)}
        values={{ down: true, up: true }}
        draft={draft}
        submit="Add webhook"
        whyNot={create.whyNot}
      />
    </>
  );
});

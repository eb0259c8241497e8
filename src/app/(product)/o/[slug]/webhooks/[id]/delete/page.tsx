import type { Metadata } from "next";
import { getOperation } from "#router/registry.ts";
import { PageHeader } from "#ui/page-header.tsx";
import { OperationForm } from "#ui/product/operation-form.tsx";
import { productPage } from "../../../../../product-page.tsx";

export const metadata: Metadata = { title: "Delete webhook" };

const operation = getOperation("webhook.delete");

export default productPage("/o/[slug]/webhooks/[id]/delete", async ({ caller, params, path, draft }) => {
  const { webhook, delete: permission } = await caller.webhooks.get(params);
  const webhooks = `/o/${params.slug}/webhooks`;
  const { host } = new URL(webhook.url);
  return (
    <>
      <PageHeader
        crumbs={[
          { label: "Webhooks", path: webhooks },
          { label: host, path: `${webhooks}/${webhook.id}` },
        ]}
        title="Delete webhook"
      />
      <p>{operation.description} This cannot be undone.</p>
      <OperationForm
        operation={operation.name}
        targetId={webhook.id}
        back={path}
        next={webhooks}
        draft={draft}
        phrase={host}
        submit="Delete webhook"
        danger
        whyNot={permission.whyNot}
      />
    </>
  );
});

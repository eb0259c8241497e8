import type { Metadata } from "next";
import { getOperation } from "#router/registry.ts";
import { PageHeader } from "#ui/page-header.tsx";
import { OperationForm } from "#ui/product/operation-form.tsx";
import { productPage } from "../../../../../product-page.tsx";

export const metadata: Metadata = { title: "New signing secret" };

const operation = getOperation("webhook.rotateSecret");

export default productPage("/o/[slug]/webhooks/[id]/new-secret", async ({ caller, params, path, draft }) => {
  const { webhook, rotateSecret: permission } = await caller.webhooks.get(params);
  const webhooks = `/o/${params.slug}/webhooks`;
  const { host } = new URL(webhook.url);
  return (
    <>
      <PageHeader
        crumbs={[
          { label: "Webhooks", path: webhooks },
          { label: host, path: `${webhooks}/${webhook.id}` },
        ]}
        title="New signing secret"
      />
      <p>{operation.description}</p>
      <OperationForm
        operation={operation.name}
        targetId={webhook.id}
        back={path}
        next={`${webhooks}/${webhook.id}`}
        draft={draft}
        phrase={host}
        submit="Make a new secret"
        danger
        whyNot={permission.whyNot}
      />
    </>
  );
});

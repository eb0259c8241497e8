import type { Metadata } from "next";
import { getOperation } from "#router/registry.ts";
import { DangerPage } from "#ui/product/danger-page.tsx";
import { productPage } from "../../../../../product-page.tsx";

export const metadata: Metadata = { title: "Delete webhook" };

const operation = getOperation("webhook.delete");

export default productPage("/o/[slug]/webhooks/[id]/delete", async ({ caller, params, path, draft }) => {
  const { webhook, delete: may } = await caller.webhooks.get(params);
  const webhooks = `/o/${params.slug}/webhooks`;
  const { host } = new URL(webhook.url);
  return (
    <DangerPage
      crumbs={[
        { label: "Webhooks", path: webhooks },
        { label: host, path: `${webhooks}/${webhook.id}` },
      ]}
      title="Delete webhook"
      words={`${operation.description} This cannot be undone.`}
      operation={operation.name}
      targetId={webhook.id}
      back={path}
      next={webhooks}
      draft={draft}
      phrase={host}
      submit="Delete webhook"
      whyNot={may.whyNot}
    />
  );
});

import type { Metadata } from "next";
import { getOperation } from "#router/registry.ts";
import { DangerPage } from "#ui/product/danger-page.tsx";
import { productPage } from "../../../../../product-page.tsx";

export const metadata: Metadata = { title: "New signing secret" };

const operation = getOperation("webhook.rotateSecret");

export default productPage("/o/[slug]/webhooks/[id]/new-secret", async ({ caller, params, path, draft }) => {
  const { webhook, rotateSecret: may } = await caller.webhooks.get(params);
  const webhooks = `/o/${params.slug}/webhooks`;
  const { host } = new URL(webhook.url);
  return (
    <DangerPage
      crumbs={[
        { label: "Webhooks", path: webhooks },
        { label: host, path: `${webhooks}/${webhook.id}` },
      ]}
      title="New signing secret"
      words={operation.description}
      operation={operation.name}
      targetId={webhook.id}
      back={path}
      next={`${webhooks}/${webhook.id}`}
      draft={draft}
      phrase={host}
      submit="Make a new secret"
      whyNot={may.whyNot}
    />
  );
});

import type { Metadata } from "next";
import { getOperation } from "#router/registry.ts";
import { DangerPage } from "#ui/product/danger-page.tsx";
import { productPage } from "../../../../../product-page.tsx";

export const metadata: Metadata = { title: "Revoke API key" };

const operation = getOperation("apiKey.revoke");

export default productPage("/o/[slug]/api/[id]/revoke", async ({ caller, params, path, draft }) => {
  const { key, revoke } = await caller.apiKeys.get(params);
  const keys = `/o/${params.slug}/api`;
  return (
    <DangerPage
      crumbs={[{ label: "API keys", path: keys }]}
      title={`Revoke ${key.name}`}
      words={operation.description}
      operation={operation.name}
      targetId={key.id}
      back={path}
      next={keys}
      draft={draft}
      phrase={key.prefix}
      submit="Revoke API key"
      whyNot={revoke.whyNot ?? (key.revokedAt ? "It was revoked already." : null)}
    />
  );
});

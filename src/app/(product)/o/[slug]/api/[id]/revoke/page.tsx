import type { Metadata } from "next";
import { getOperation } from "#router/registry.ts";
import { PageHeader } from "#ui/page-header.tsx";
import { OperationForm } from "#ui/product/operation-form.tsx";
import { productPage } from "../../../../../product-page.tsx";

export const metadata: Metadata = { title: "Revoke API key" };

const operation = getOperation("apiKey.revoke");

export default productPage("/o/[slug]/api/[id]/revoke", async ({ caller, params, path, draft }) => {
  const { key, revoke } = await caller.apiKeys.get(params);
  const keys = `/o/${params.slug}/api`;
  return (
    <>
      <PageHeader crumbs={[{ label: "API keys", path: keys }]} title={`Revoke ${key.name}`} />
      <p>{operation.description}</p>
      <OperationForm
        operation={operation.name}
        targetId={key.id}
        back={path}
        next={keys}
        draft={draft}
        phrase={key.prefix}
        submit="Revoke API key"
        danger
        whyNot={revoke.whyNot ?? (key.revokedAt ? "It was revoked already." : null)}
      />
    </>
  );
});

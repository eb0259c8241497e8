import type { Metadata } from "next";
import { getOperation } from "#router/registry.ts";
import { DangerPage } from "#ui/product/danger-page.tsx";
import { productPage } from "../../../../../product-page.tsx";

export const metadata: Metadata = { title: "Delete monitor" };

const operation = getOperation("monitor.delete");

export default productPage("/o/[slug]/monitors/[id]/delete", async ({ caller, params, path, draft }) => {
  const { monitor, delete: remove } = await caller.monitors.get(params);
  const monitors = `/o/${params.slug}/monitors`;
  return (
    <DangerPage
      crumbs={[
        { label: "Monitors", path: monitors },
        { label: monitor.name, path: `${monitors}/${monitor.id}` },
      ]}
      title="Delete monitor"
      words={`${operation.description} This cannot be undone.`}
      operation={operation.name}
      targetId={monitor.id}
      back={path}
      next={monitors}
      draft={draft}
      phrase={monitor.name}
      submit="Delete monitor"
      whyNot={remove.whyNot}
    />
  );
});

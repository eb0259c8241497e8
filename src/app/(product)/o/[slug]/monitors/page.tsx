import type { Metadata } from "next";
import { PageHeader } from "#ui/page-header.tsx";
import { MonitorTable } from "#ui/product/monitor-table.tsx";
import { PermittedLink } from "#ui/product/permitted-link.tsx";
import { productPage } from "../../../product-page.tsx";

export const metadata: Metadata = { title: "Monitors" };

export default productPage("/o/[slug]/monitors", async ({ caller, params, path }) => {
  const { monitors, plan, compact, create } = await caller.monitors.list(params);
  return (
    <>
      <PageHeader title="Monitors">
        {plan && (
          <p className="quiet">
            {monitors.length} of {plan.monitors} in use ({plan.name} plan)
          </p>
        )}
        <PermittedLink href={`${path}/new`} may={create} primary>
          New monitor
        </PermittedLink>
      </PageHeader>
      <MonitorTable monitors={monitors} path={path} compact={compact} />
    </>
  );
});

import type { Metadata } from "next";
import { failingFirst } from "#router/monitor-status.ts";
import { PageHeader } from "#ui/page-header.tsx";
import { MonitorStatusSummary } from "#ui/product/monitor-status-summary.tsx";
import { MonitorTable } from "#ui/product/monitor-table.tsx";
import { productPage } from "../../../product-page.tsx";

export const metadata: Metadata = { title: "Status" };

export default productPage("/o/[slug]/status", async ({ caller, params }) => {
  const { organization, monitors } = await caller.monitors.list(params);
  return (
    <>
      <PageHeader title={`Status of ${organization.name}`} />
      <MonitorStatusSummary monitors={monitors} />
      <MonitorTable monitors={failingFirst(monitors)} path={`/o/${params.slug}/monitors`} />
    </>
  );
});

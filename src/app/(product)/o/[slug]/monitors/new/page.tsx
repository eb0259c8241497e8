import type { Metadata } from "next";
import { formFields } from "#router/form-fields.ts";
import { getOperation } from "#router/registry.ts";
import { PageHeader } from "#ui/page-header.tsx";
import { OperationForm } from "#ui/product/operation-form.tsx";
import { productPage } from "../../../../product-page.tsx";

export const metadata: Metadata = { title: "New monitor" };

const operation = getOperation("monitor.create");

export default productPage("/o/[slug]/monitors/new", async ({ caller, params, path, draft }) => {
  const { organization, create } = await caller.monitors.list(params);
  const monitors = `/o/${params.slug}/monitors`;
  return (
    <>
      <PageHeader crumbs={[{ label: "Monitors", path: monitors }]} title="New monitor" />
      <p>A job that should run regularly tells Countersign so each time. When it does not, its monitor turns late, then down.</p>
      <OperationForm
        operation={operation.name}
        targetId={organization.id}
        back={path}
        next={`${monitors}/:monitorId`}
        fields={formFields(operation)}
        values={{ schedule: "interval", intervalMinutes: 60, timeZone: "UTC", graceMinutes: 5 }}
        draft={draft}
        submit="Create monitor"
        whyNot={create.whyNot}
      />
    </>
  );
});

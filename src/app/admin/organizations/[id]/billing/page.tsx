import type { Metadata } from "next";
import { PageHeader } from "#ui/page-header.tsx";
import { BillingRecords } from "#ui/staff/billing-records.tsx";
import { BillingState } from "#ui/staff/billing-state.tsx";
import { staffPage } from "../../../staff-page.tsx";

export const metadata: Metadata = { title: "Billing" };

export default staffPage("/admin/organizations/[id]/billing", async ({ staff, params: { id } }) => {
  const billing = await staff.billing.ofOrganization({ id });
  return (
    <>
      <PageHeader
        crumbs={[
          { label: "Organizations", path: "/admin/organizations" },
          { label: billing.name, path: `/admin/organizations/${id}` },
        ]}
        title="Billing"
      />
      <p className="quiet">Opening this page leaves an event.</p>
      <BillingState state={billing.state} />
      <BillingRecords organizationId={id} billing={billing} />
    </>
  );
});

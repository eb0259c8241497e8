import type { Metadata } from "next";
import { cache } from "react";
import { whyNotWith } from "#router/describe-operations.ts";
import { EmptyState } from "#ui/empty-state.tsx";
import { OperationLinks } from "#ui/operation-links.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { ApiKeyList } from "#ui/staff/api-key-list.tsx";
import { BillingState } from "#ui/staff/billing-state.tsx";
import { FlagList } from "#ui/staff/flag-list.tsx";
import { InvitationTable } from "#ui/staff/invitation-table.tsx";
import { JobTable } from "#ui/staff/job-table.tsx";
import { MonitorSummary } from "#ui/staff/monitor-summary.tsx";
import { OpenApprovals } from "#ui/staff/open-approvals.tsx";
import { OpenImpersonations } from "#ui/staff/open-impersonations.tsx";
import { OrganizationFacts } from "#ui/staff/organization-facts.tsx";
import { OrganizationNotices } from "#ui/staff/organization-notices.tsx";
import { OrganizationStatus } from "#ui/staff/organization-status.tsx";
import { PeopleTable } from "#ui/staff/people-table.tsx";
import { SupportAccess } from "#ui/staff/support-access.tsx";
import { Timeline } from "#ui/staff/timeline.tsx";
import { getStaff } from "../../staff.ts";
import { staffPage } from "../../staff-page.tsx";

type Props = { params: Promise<{ id: string }> };

const load = cache(async (id: string) => (await getStaff()).staff.organizations.get({ id }));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const found = await load((await params).id).catch(() => null);
  return { title: found?.organization.name ?? "Organization" };
}

export default staffPage("/admin/organizations/[id]", async ({ actor, params: { id } }) => {
  const { organization, closed, flags, invitations, apiKeys, supportAccess, jobs, waiting, billing, operations, timeline } = await load(id);
  const { suspension, deactivation, maintenance, deletion, subscription, impersonations, memberships, monitors, _count } = organization;
  return (
    <>
      <PageHeader crumbs={[{ label: "Organizations", path: "/admin/organizations" }]} title={organization.name}>
        <OrganizationStatus status={subscription?.status ?? null} closed={closed} deletionDueAt={deletion?.dueAt ?? null} />
      </PageHeader>
      <OrganizationNotices {...{ suspension, deactivation, maintenance, deletion }} />
      <OpenImpersonations impersonations={impersonations} />
      <OpenApprovals waiting={waiting} />
      <div className="columns">
        <div>
          <h2>People</h2>
          <PeopleTable members={memberships} count={_count.memberships} />
          <h2>Invitations</h2>
          <InvitationTable invitations={invitations} of="organization" />
          <h2>Billing</h2>
          <BillingState state={billing} />
          <p>
            <a href={`/admin/organizations/${id}/billing`}>Invoices, refunds, credit and payment method</a>
          </p>
          <h2>Monitors</h2>
          <MonitorSummary monitors={monitors} count={_count.monitors} />
          <h2>API keys</h2>
          <ApiKeyList keys={apiKeys} />
          <h2>Jobs</h2>
          {jobs.length > 0 ? <JobTable rows={jobs} ofOne /> : <EmptyState>Nothing was done for it by the workers lately.</EmptyState>}
          <p>
            <a href={`/admin/jobs?organization=${id}`}>All jobs of this organization</a>
          </p>
        </div>
        <aside>
          <h2>Facts</h2>
          <OrganizationFacts {...organization} />
          <h2>Support</h2>
          <SupportAccess {...supportAccess} />
          <h2>Flags</h2>
          <FlagList flags={flags} organizationId={id} whyNotSet={whyNotWith(actor.roles, "organization.setFlag")} />
          <h2>Operations</h2>
          <OperationLinks operations={operations} targetId={id} />
        </aside>
      </div>
      <h2>What happened</h2>
      <Timeline events={timeline} roles={actor.roles} />
      <p>
        <a href={`/admin/audit?organization=${id}`}>All events of this organization</a>
      </p>
    </>
  );
});

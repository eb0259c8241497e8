import type { Metadata } from "next";
import { ChangesTable } from "#ui/changes-table.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { OutcomeBadge } from "#ui/event-table.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { EventFacts } from "#ui/staff/event-facts.tsx";
import { staffPage } from "../../staff-page.tsx";

export const metadata: Metadata = { title: "Audit event" };

export default staffPage("/admin/audit/[id]", async ({ staff, params: { id } }) => {
  const { event, approval, changes } = await staff.audit.get({ id });
  return (
    <>
      <PageHeader crumbs={[{ label: "Audit", path: "/admin/audit" }]} title={event.summary}>
        <OutcomeBadge outcome={event.outcome} />
      </PageHeader>
      <EventFacts event={event} approval={approval} />
      <h2>Changed rows</h2>
      {changes.length > 0 ? <ChangesTable changes={changes} /> : <EmptyState>No row was changed.</EmptyState>}
      {event.metadata !== null && (
        <>
          <h2>Details</h2>
          <pre>{JSON.stringify(event.metadata, null, 2)}</pre>
        </>
      )}
    </>
  );
});

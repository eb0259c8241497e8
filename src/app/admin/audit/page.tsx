import type { Metadata } from "next";
import { auditFilters } from "#server/audit/search.ts";
import { EmptyState } from "#ui/empty-state.tsx";
import { EventTable } from "#ui/event-table.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Pagination } from "#ui/pagination.tsx";
import { AuditExport } from "#ui/staff/audit-export.tsx";
import { AuditFilters } from "#ui/staff/audit-filters.tsx";
import { readFilters } from "../read-filters.ts";
import { staffPage } from "../staff-page.tsx";

export const metadata: Metadata = { title: "Audit" };
const path = "/admin/audit";

export default staffPage(path, async ({ staff, actor, query }) => {
  const { typed, filters, errors } = await readFilters(auditFilters, query);
  const page = filters && (await staff.audit.list(filters));
  return (
    <>
      <PageHeader crumbs={[{ label: "Staff area", path: "/admin" }]} title="Audit" />
      <AuditFilters path={path} typed={typed} errors={errors} />
      {page?.rows.length === 0 && (
        <EmptyState>
          No event is like this. <a href={path}>Clear the filters</a>, or widen the dates.
        </EmptyState>
      )}
      {page && page.rows.length > 0 && (
        <>
          <EventTable events={page.rows} label="Audit events" />
          <Pagination path={path} search={typed} next={page.next} nextLabel="Older" />
          <AuditExport path={`${path}/export`} typed={typed} allowed={actor.roles.includes("engineering")} />
        </>
      )}
    </>
  );
});

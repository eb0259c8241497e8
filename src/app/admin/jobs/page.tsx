import type { Metadata } from "next";
import { jobFilters } from "#router/staff/jobs.ts";
import { describeCount } from "#server/keyset.ts";
import { EmptyState } from "#ui/empty-state.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Pagination } from "#ui/pagination.tsx";
import { JobFilters } from "#ui/staff/job-filters.tsx";
import { JobTable } from "#ui/staff/job-table.tsx";
import { ListCount } from "#ui/staff/list-count.tsx";
import { QueueCounts } from "#ui/staff/queue-counts.tsx";
import { readFilters } from "../read-filters.ts";
import { staffPage } from "../staff-page.tsx";

export const metadata: Metadata = { title: "Jobs" };
const path = "/admin/jobs";

export default staffPage(path, async ({ staff, query }) => {
  const { typed, filters, errors } = await readFilters(jobFilters, query);
  const [queues, page] = await Promise.all([staff.jobs.counts(), filters && staff.jobs.list(filters)]);
  return (
    <>
      <PageHeader crumbs={[{ label: "Staff area", path: "/admin" }]} title="Jobs" />
      <p>What has to happen outside the database after a run: the workers take it from here. What is done is forgotten after a while.</p>
      <QueueCounts queues={queues} path={path} />
      <JobFilters path={path} typed={typed} errors={errors} queues={queues} />
      {page && <ListCount count={describeCount(page.count)} shown={page.rows.length} noun={page.count === 1 ? "job" : "jobs"} />}
      {page?.rows.length === 0 && (
        <EmptyState>
          No job is like this. <a href={path}>Clear the filters</a>, or look into the audit for what was done long ago.
        </EmptyState>
      )}
      {page && page.rows.length > 0 && <JobTable rows={page.rows} />}
      <Pagination path={path} search={typed} next={page?.next ?? null} nextLabel="Next 50" />
    </>
  );
});

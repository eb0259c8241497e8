import type { Metadata } from "next";
import { bulkItemFilters } from "#router/staff/bulk.ts";
import { Facts } from "#ui/facts.tsx";
import { Id } from "#ui/id.tsx";
import { OperationLinks } from "#ui/operation-links.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Pagination } from "#ui/pagination.tsx";
import { BulkItems } from "#ui/staff/bulk-items.tsx";
import { BulkProgress } from "#ui/staff/bulk-progress.tsx";
import { BulkCounts, BulkNotice } from "#ui/staff/bulk-state.tsx";
import { BulkSums } from "#ui/staff/bulk-sums.tsx";
import { Still } from "#ui/still.tsx";
import { Time } from "#ui/time.tsx";
import { readFilters } from "../../read-filters.ts";
import { staffPage } from "../../staff-page.tsx";

export const metadata: Metadata = { title: "Bulk run" };

export default staffPage("/admin/bulk/[id]", async ({ staff, params: { id }, query }) => {
  const { typed, filters } = await readFilters(bulkItemFilters, query);
  const { state, after } = filters ?? {};
  const { run, amounts, outliers, refusals, items, next, proposal, operations } = await staff.bulk.get({
    id,
    ...(state && { state }),
    ...(after !== undefined && { after }),
  });
  const path = `/admin/bulk/${id}`;
  const works = run.state === "preparing" || run.state === "running";
  return (
    <>
      <PageHeader
        crumbs={[
          { label: "Staff area", path: "/admin" },
          { label: "Bulk runs", path: "/admin/bulk" },
        ]}
        title={`Bulk run: ${run.title}`}
      />
      {works ? (
        <BulkProgress id={id}>
          <BulkCounts {...run} />
        </BulkProgress>
      ) : (
        <BulkCounts {...run} />
      )}
      <Still as="div">
        <BulkNotice state={run.state} proposal={proposal} />
        <BulkSums {...{ amounts, outliers, refusals }} />
        <h2>Operations</h2>
        <OperationLinks operations={operations} targetId={id} />
        <h2>Targets</h2>
        <p>
          <a href={`${path}/report`}>Report as CSV</a>
        </p>
        <BulkItems items={items} path={path} state={state ?? null} />
        <Pagination path={path} search={typed} next={next === null ? null : String(next)} nextLabel="Next 100" />
        <h2>Why, and who</h2>
        <Facts
          facts={{
            Reason: run.reason,
            Ticket: run.ticket,
            "Prepared by": run.requesterLabel,
            Prepared: <Time value={run.createdAt} />,
            Started: run.startedAt && <Time value={run.startedAt} />,
            Finished: run.finishedAt && <Time value={run.finishedAt} />,
            Input: Object.keys(run.input as object).length > 0 ? <code>{JSON.stringify(run.input)}</code> : null,
            "Bulk run": <Id>{id}</Id>,
          }}
        />
      </Still>
    </>
  );
});

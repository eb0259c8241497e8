import type { Metadata } from "next";
import { z } from "zod";
import { text } from "#lib/text.ts";
import { whyNotWith } from "#router/describe-operations.ts";
import { EmptyState } from "#ui/empty-state.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Pagination } from "#ui/pagination.tsx";
import { BulkTable } from "#ui/staff/bulk-table.tsx";
import { PermittedLink } from "#ui/staff/permitted-link.tsx";
import { readFilters } from "../read-filters.ts";
import { staffPage } from "../staff-page.tsx";

export const metadata: Metadata = { title: "Bulk runs" };
const path = "/admin/bulk";
const address = z.strictObject({ after: text({ max: 64 }).optional() });

export default staffPage(path, async ({ staff, actor, query }) => {
  const { typed, filters } = await readFilters(address, query);
  const { rows, next } = await staff.bulk.list(filters?.after ? { after: filters.after } : {});
  return (
    <>
      <PageHeader crumbs={[{ label: "Staff area", path: "/admin" }]} title="Bulk runs" />
      <p>
        One operation over a list: previewed for each target, agreed to by a second person, worked through by the worker.{" "}
        <PermittedLink path="/admin/bulk/new" whyNot={whyNotWith(actor.roles, "bulk.prepare")}>
          Prepare one
        </PermittedLink>
      </p>
      {rows.length > 0 ? <BulkTable rows={rows} /> : <EmptyState>There was none yet.</EmptyState>}
      <Pagination path={path} search={typed} next={next} nextLabel="Earlier" />
    </>
  );
});

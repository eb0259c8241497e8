import type { Metadata } from "next";
import { z } from "zod";
import { text } from "#lib/text.ts";
import { EmptyState } from "#ui/empty-state.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Pagination } from "#ui/pagination.tsx";
import { DecidedTable, WaitingTable } from "#ui/staff/approval-table.tsx";
import { readFilters } from "../read-filters.ts";
import { staffPage } from "../staff-page.tsx";

export const metadata: Metadata = { title: "Approvals" };
const path = "/admin/approvals";
const address = z.strictObject({ show: z.enum(["decided"]).optional(), after: text({ max: 64 }).optional() });

export default staffPage(path, async ({ staff, query }) => {
  const { typed, filters } = await readFilters(address, query);
  const { show, after } = filters ?? {};
  const input = after ? { after } : {};
  const crumbs = [{ label: "Staff area", path: "/admin" }];
  if (show === "decided") {
    const { rows, next } = await staff.proposals.decided(input);
    return (
      <>
        <PageHeader crumbs={[...crumbs, { label: "Approvals", path }]} title="What second people decided" />
        {rows.length > 0 ? <DecidedTable rows={rows} /> : <EmptyState>Nothing was decided yet.</EmptyState>}
        <Pagination path={path} search={typed} next={next} nextLabel="Earlier" />
      </>
    );
  }
  const { rows, next } = await staff.proposals.waiting(input);
  return (
    <>
      <PageHeader crumbs={crumbs} title="Approvals" />
      <p>
        What somebody asked for and a second person has to agree to, the oldest first. Without an answer it ends a day after it was
        prepared. <a href={`${path}?show=decided`}>What was decided</a>
      </p>
      {rows.length > 0 ? <WaitingTable rows={rows} /> : <EmptyState>Nothing waits for a second person.</EmptyState>}
      <Pagination path={path} search={typed} next={next} nextLabel="Later" />
    </>
  );
});

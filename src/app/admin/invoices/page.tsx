import type { Metadata } from "next";
import { invoiceFilters } from "#router/staff/invoices.ts";
import { describeCount } from "#server/keyset.ts";
import { EmptyState } from "#ui/empty-state.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Pagination } from "#ui/pagination.tsx";
import { InvoiceFilters } from "#ui/staff/invoice-filters.tsx";
import { InvoiceList } from "#ui/staff/invoice-list.tsx";
import { ListCount } from "#ui/staff/list-count.tsx";
import { readFilters } from "../read-filters.ts";
import { staffPage } from "../staff-page.tsx";

export const metadata: Metadata = { title: "Invoices" };
const path = "/admin/invoices";

export default staffPage(path, async ({ staff, query }) => {
  const { typed, filters, errors } = await readFilters(invoiceFilters, query);
  const page = filters && (await staff.invoices.list(filters));
  return (
    <>
      <PageHeader crumbs={[{ label: "Staff area", path: "/admin" }]} title="Invoices" />
      <InvoiceFilters path={path} typed={typed} errors={errors} />
      {page && <ListCount count={describeCount(page.count)} shown={page.rows.length} noun={page.count === 1 ? "invoice" : "invoices"} />}
      {page?.rows.length === 0 && (
        <EmptyState>
          No invoice is like this. <a href={path}>Clear the filters</a>, or search for the customer and look there.
        </EmptyState>
      )}
      {page && page.rows.length > 0 && <InvoiceList rows={page.rows} />}
      <Pagination path={path} search={typed} next={page?.next ?? null} nextLabel="Next 50" />
    </>
  );
});

import type { Metadata } from "next";
import { whyNotWith } from "#router/describe-operations.ts";
import { organizationFilters } from "#router/staff/organizations.ts";
import { describeCount } from "#server/keyset.ts";
import { EmptyState } from "#ui/empty-state.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Pagination } from "#ui/pagination.tsx";
import { pathWith } from "#ui/path-with.ts";
import { ListCount } from "#ui/staff/list-count.tsx";
import { OrganizationFilters } from "#ui/staff/organization-filters.tsx";
import { OrganizationTable } from "#ui/staff/organization-table.tsx";
import { PermittedLink } from "#ui/staff/permitted-link.tsx";
import { readFilters } from "../read-filters.ts";
import { staffPage } from "../staff-page.tsx";

export const metadata: Metadata = { title: "Organizations" };
const path = "/admin/organizations";

const isSearch = ({ q, status, plan, state }: Record<string, string>) => Boolean(q || status || plan || state);
const withoutPage = ({ after: _after, sort: _sort, ...search }: Record<string, string>) => search;

export default staffPage(path, async ({ staff, actor, query }) => {
  const { typed, filters, errors } = await readFilters(organizationFilters, query);
  const page = filters && (await staff.organizations.list(filters));
  return (
    <>
      <PageHeader crumbs={[{ label: "Staff area", path: "/admin" }]} title="Organizations" />
      <OrganizationFilters path={path} typed={typed} errors={errors} />
      {page && (
        <ListCount count={describeCount(page.count)} shown={page.rows.length} noun={page.count === 1 ? "organization" : "organizations"} />
      )}
      {page && isSearch(typed) && (
        <p>
          <PermittedLink path={pathWith("/admin/bulk/new", withoutPage(typed))} whyNot={whyNotWith(actor.roles, "bulk.prepare")}>
            Run one operation on all of these
          </PermittedLink>
        </p>
      )}
      {page?.rows.length === 0 && (
        <EmptyState>
          No organization is like this. <a href={path}>Clear the filters</a>, or search by the e-mail of somebody in it.
        </EmptyState>
      )}
      {page && page.rows.length > 0 && <OrganizationTable rows={page.rows} />}
      <Pagination path={path} search={typed} next={page?.next ?? null} nextLabel="Next 50" />
    </>
  );
});

import type { Metadata } from "next";
import { userFilters } from "#router/staff/users.ts";
import { describeCount } from "#server/keyset.ts";
import { EmptyState } from "#ui/empty-state.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Pagination } from "#ui/pagination.tsx";
import { ListCount } from "#ui/staff/list-count.tsx";
import { UserFilters } from "#ui/staff/user-filters.tsx";
import { UserTable } from "#ui/staff/user-table.tsx";
import { readFilters } from "../read-filters.ts";
import { staffPage } from "../staff-page.tsx";

export const metadata: Metadata = { title: "Users" };
const path = "/admin/users";

export default staffPage(path, async ({ staff, query }) => {
  const { typed, filters, errors } = await readFilters(userFilters, query);
  const page = filters && (await staff.users.list(filters));
  return (
    <>
      <PageHeader crumbs={[{ label: "Staff area", path: "/admin" }]} title="Users" />
      <UserFilters path={path} typed={typed} errors={errors} />
      {page && <ListCount count={describeCount(page.count)} shown={page.rows.length} noun={page.count === 1 ? "user" : "users"} />}
      {page?.rows.length === 0 && (
        <EmptyState>
          Nobody is like this. <a href={path}>Clear the filters</a>, or try a shorter part of the name or e-mail.
        </EmptyState>
      )}
      {page && page.rows.length > 0 && <UserTable rows={page.rows} />}
      <Pagination path={path} search={typed} next={page?.next ?? null} nextLabel="Next 50" />
    </>
  );
});

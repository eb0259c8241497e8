import type { Metadata } from "next";
import { z } from "zod";
import { text } from "#lib/text.ts";
import { whyNotWith } from "#router/describe-operations.ts";
import { EmptyState } from "#ui/empty-state.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Pagination } from "#ui/pagination.tsx";
import { ImpersonationTable } from "#ui/staff/impersonation-table.tsx";
import { PermittedLink } from "#ui/staff/permitted-link.tsx";
import { readFilters } from "../read-filters.ts";
import { staffPage } from "../staff-page.tsx";

export const metadata: Metadata = { title: "Impersonations" };
const path = "/admin/impersonations";
const address = z.strictObject({ after: text({ max: 64 }).optional() });

export default staffPage(path, async ({ staff, actor, query }) => {
  const { typed, filters } = await readFilters(address, query);
  const { rows, next } = await staff.impersonations.list(filters ?? {});
  return (
    <>
      <PageHeader crumbs={[{ label: "Staff area", path: "/admin" }]} title="Impersonations" />
      <p>Who of the staff has seen the product as a customer, when and why. Begin one from a user’s page: “View as this person”.</p>
      <p>
        <PermittedLink path="/admin/operations/impersonation.endAll" whyNot={whyNotWith(actor.roles, "impersonation.endAll")}>
          End all impersonations
        </PermittedLink>
      </p>
      {rows.length > 0 ? <ImpersonationTable rows={rows} /> : <EmptyState>Nobody has viewed as a customer yet.</EmptyState>}
      <Pagination path={path} search={typed} next={next} nextLabel="Older" />
    </>
  );
});

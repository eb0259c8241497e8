import type { Metadata } from "next";
import { z } from "zod";
import { text } from "#lib/text.ts";
import { EmptyState } from "#ui/empty-state.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Pagination } from "#ui/pagination.tsx";
import { PermittedLink } from "#ui/staff/permitted-link.tsx";
import { FoundTable, ReviewTable } from "#ui/staff/review-table.tsx";
import { readFilters } from "../read-filters.ts";
import { staffPage } from "../staff-page.tsx";

export const metadata: Metadata = { title: "Reviews" };
const path = "/admin/reviews";
const address = z.strictObject({ show: z.enum(["found"]).optional(), after: text({ max: 64 }).optional() });

export default staffPage(path, async ({ staff, actor, query }) => {
  const { typed, filters } = await readFilters(address, query);
  const { show, after } = filters ?? {};
  const input = after ? { after } : {};
  const crumbs = [{ label: "Staff area", path: "/admin" }];
  if (show === "found") {
    const { rows, next } = await staff.reviews.found(input);
    return (
      <>
        <PageHeader crumbs={[...crumbs, { label: "Reviews", path }]} title="What reviews found" />
        {rows.length > 0 ? <FoundTable rows={rows} /> : <EmptyState>No review has found anything.</EmptyState>}
        <Pagination path={path} search={typed} next={next} nextLabel="Earlier" />
      </>
    );
  }
  const { rows, next } = await staff.reviews.list(input);
  return (
    <>
      <PageHeader crumbs={crumbs} title="Reviews" />
      <p>
        Impersonations that a second person looks at: those that could change data always, others by sample. The oldest come first.{" "}
        <PermittedLink path={`${path}?show=found`} whyNot={actor.roles.includes("admin") ? null : "Needs the role admin."}>
          What reviews found
        </PermittedLink>
      </p>
      {rows.length > 0 ? (
        <ReviewTable rows={rows} ownId={actor.id} />
      ) : (
        <EmptyState>Nothing waits. What is over and was chosen for a review appears here within seconds.</EmptyState>
      )}
      <Pagination path={path} search={typed} next={next} nextLabel="Later" />
    </>
  );
});

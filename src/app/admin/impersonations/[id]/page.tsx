import type { Metadata } from "next";
import { z } from "zod";
import { OperationLinks } from "#ui/operation-links.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Pagination } from "#ui/pagination.tsx";
import { EnterImpersonation } from "#ui/staff/enter-impersonation.tsx";
import { ImpersonationFacts } from "#ui/staff/impersonation-facts.tsx";
import { ImpersonationReview } from "#ui/staff/impersonation-review.tsx";
import { ImpersonationStateBadge } from "#ui/staff/impersonation-state.tsx";
import { ImpersonationViews } from "#ui/staff/impersonation-views.tsx";
import { readFilters } from "../../read-filters.ts";
import { staffPage } from "../../staff-page.tsx";

export const metadata: Metadata = { title: "Impersonation" };

const address = z.strictObject({
  after: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional(),
});

export default staffPage("/admin/impersonations/[id]", async ({ staff, params: { id }, query }) => {
  const { typed, filters } = await readFilters(address, query);
  const [impersonation, views, reviewed] = await Promise.all([
    staff.impersonations.get({ id }),
    staff.impersonations.views({ id, ...filters }),
    staff.reviews.of({ id }),
  ]);
  const { staffMember, user, organization, state, mine, operations } = impersonation;
  return (
    <>
      <PageHeader
        crumbs={[{ label: "Impersonations", path: "/admin/impersonations" }]}
        title={`${staffMember.name} as ${user.name} (${organization.name})`}
      >
        <ImpersonationStateBadge state={state} />
      </PageHeader>
      {state === "open" && <EnterImpersonation {...impersonation} mine={mine} />}
      <ImpersonationFacts {...impersonation} />
      {state === "open" && <OperationLinks operations={operations} targetId={id} />}
      <ImpersonationReview {...reviewed} id={id} needsReview={impersonation.needsReview} open={state === "open"} />
      <p>
        <a href={`/admin/audit?impersonation=${id}`}>What was done in it</a>
      </p>
      <h2>What was opened in it</h2>
      <ImpersonationViews views={views.rows} />
      <Pagination path={`/admin/impersonations/${id}`} search={typed} next={views.next} nextLabel="Later" />
    </>
  );
});

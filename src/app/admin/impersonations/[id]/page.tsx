import type { Metadata } from "next";
import { OperationLinks } from "#ui/operation-links.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { EnterImpersonation } from "#ui/staff/enter-impersonation.tsx";
import { ImpersonationFacts } from "#ui/staff/impersonation-facts.tsx";
import { ImpersonationStateBadge } from "#ui/staff/impersonation-state.tsx";
import { staffPage } from "../../staff-page.tsx";

export const metadata: Metadata = { title: "Impersonation" };

export default staffPage("/admin/impersonations/[id]", async ({ staff, params: { id } }) => {
  const impersonation = await staff.impersonations.get({ id });
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
      <p>
        <a href={`/admin/audit?impersonation=${id}`}>What was done in it</a>
      </p>
    </>
  );
});

import type { Metadata } from "next";
import { whyNotWith } from "#router/describe-operations.ts";
import { ChangesTable } from "#ui/changes-table.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { Facts } from "#ui/facts.tsx";
import { Id } from "#ui/id.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { RiskBadge } from "#ui/risk-badge.tsx";
import { ApprovalReasons, ProposalAnswer } from "#ui/staff/proposal-answer.tsx";
import { ProposalConfirmation } from "#ui/staff/proposal-confirmation.tsx";
import { ProposalHistory } from "#ui/staff/proposal-history.tsx";
import { ProposalState } from "#ui/staff/proposal-state.tsx";
import { Time } from "#ui/time.tsx";
import { staffPage, textsOf } from "../../staff-page.tsx";

export const metadata: Metadata = { title: "Preview" };

export default staffPage("/admin/proposals/[id]", async ({ staff, actor, params: { id }, query }) => {
  const { error, draft, stale } = textsOf(query);
  const proposal = await staff.proposals.get({ id, draft });
  const { title, risk, phrase, targetLabel, targetPath, changes, consequences, mine, expired, refusal } = proposal;
  const open = mine && !expired && proposal.state === "draft";
  const waits = !expired && proposal.state === "awaitingApproval";
  return (
    <>
      <PageHeader
        crumbs={[
          { label: "Staff area", path: "/admin" },
          ...(targetPath && targetPath !== "/admin" ? [{ label: targetLabel, path: targetPath }] : []),
        ]}
        title={`Preview: ${title}`}
      >
        <RiskBadge risk={risk} />
      </PageHeader>
      <ProposalState
        proposal={proposal}
        stale={stale === "1"}
        error={error}
        refusal={refusal?.message ?? null}
        whyNotAgain={whyNotWith(actor.roles, proposal.operation)}
      />
      <p className="summary">{proposal.summary}</p>
      <ApprovalReasons reasons={proposal.approvalReasons} state={proposal.state} />
      {consequences.length > 0 && (
        <ul>
          {consequences.map((consequence) => (
            <li key={consequence}>{consequence}</li>
          ))}
        </ul>
      )}
      {proposal.effects.length > 0 && (
        <>
          <h2>What follows outside</h2>
          <ul>
            {[...new Set(proposal.effects)].map((effect) => (
              <li key={effect}>{effect}</li>
            ))}
          </ul>
        </>
      )}
      <h2>What changes</h2>
      {changes.length > 0 ? <ChangesTable changes={changes} /> : <EmptyState>No row changes.</EmptyState>}
      <h2>Why, and who</h2>
      <Facts
        facts={{
          Reason: proposal.reason,
          Ticket: proposal.ticket,
          "Prepared by": proposal.requesterLabel,
          Prepared: <Time value={proposal.createdAt} />,
          Expires: <Time value={proposal.expiresAt} />,
          Proposal: <Id>{id}</Id>,
        }}
      />
      <ProposalHistory history={proposal.history} />
      {waits && <ProposalAnswer proposal={proposal} signedInAgo={Date.now() - actor.authenticatedAt.getTime()} />}
      {open && (
        <>
          <h2>{proposal.approvalReasons.length > 0 ? "Ask for approval" : "Confirm"}</h2>
          <ProposalConfirmation
            {...{ id, risk, phrase }}
            title={proposal.approvalReasons.length > 0 ? `Ask for approval: ${title}` : title}
            signedInAgo={Date.now() - actor.authenticatedAt.getTime()}
            error={error === "confirmation" ? "This is not what was asked for. Nothing was done." : undefined}
          />
        </>
      )}
    </>
  );
});

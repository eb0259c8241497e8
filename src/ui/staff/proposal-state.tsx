import type { DecisionKind, ProposalState as State } from "#generated/prisma/enums.ts";
import { Message } from "../message.tsx";
import { PermittedLink } from "./permitted-link.tsx";

type Proposal = {
  state: State;
  eventId: string | null;
  supersededById: string | null;
  requesterLabel: string;
  operation: string;
  targetId: string;
  mine: boolean;
  decision: { kind: DecisionKind; deciderLabel: string } | null;
  expired: boolean;
};
type Props = { proposal: Proposal; stale: boolean; error: string | undefined; refusal: string | null; whyNotAgain: string | null };

/** Where a proposal stands, and what came of the last attempt to confirm it. */
export function ProposalState({ proposal, stale, error, refusal, whyNotAgain }: Props) {
  const { state, decision, eventId, supersededById, requesterLabel, mine, expired, operation, targetId } = proposal;
  const again = (
    <PermittedLink path={`/admin/operations/${operation}?targetId=${targetId}`} whyNot={whyNotAgain}>
      Prepare it again
    </PermittedLink>
  );
  if (state === "run")
    return (
      <Message tone="success">
        This has already run. <a href={`/admin/runs/${eventId}`}>See what was changed</a>
      </Message>
    );
  if (state === "superseded")
    return (
      <Message tone="notice">
        Something changed after this preview, so nothing was done. <a href={`/admin/proposals/${supersededById}`}>Open the fresh preview</a>
      </Message>
    );
  if (expired || state === "expired") return <Message tone="notice">This is more than 24 hours old and can no longer run. {again}</Message>;
  if (state === "rejected")
    return (
      <Message tone="notice">
        {decision?.kind === "withdrawn" ? "This was withdrawn" : `${decision?.deciderLabel ?? "A second person"} rejected this`}. Nothing
        was done. {again}
      </Message>
    );
  if (refusal) return <Message tone="error">{refusal} Nothing was done.</Message>;
  if (error === "fresh") return <Message tone="error">This needs a sign-in of the last five minutes. Nothing was done.</Message>;
  if (state === "awaitingApproval")
    return (
      <Message tone="notice">
        {mine ? "This waits for a second person" : `${requesterLabel} asks for a second person’s approval`}. Nothing has been changed yet.
      </Message>
    );
  if (!mine)
    return <Message tone="notice">Only {requesterLabel}, who prepared this, may confirm it. Nothing has been changed yet.</Message>;
  if (error === "confirmation") return <Message tone="error">That was not the text to confirm with. Nothing was done.</Message>;
  if (stale)
    return (
      <Message tone="notice">
        Something changed since you looked, so nothing was done. This is a fresh preview: look at it again before you confirm.
      </Message>
    );
  return <Message tone="notice">Nothing has been changed yet. Below is what will change when you confirm.</Message>;
}

import type { ProposalState } from "#generated/prisma/enums.ts";
import { TextareaField, TextField } from "../field.tsx";
import { FreshSignIn, fiveMinutes } from "./proposal-confirmation.tsx";

/** Why one person is not enough. */
export function ApprovalReasons({ reasons, state }: { reasons: readonly string[]; state: ProposalState }) {
  if (reasons.length === 0 || (state !== "draft" && state !== "awaitingApproval")) return null;
  return (
    <div className="message notice">
      <p>A second person has to agree:</p>
      <ul>
        {reasons.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
    </div>
  );
}

type Proposal = { id: string; mine: boolean; requesterLabel: string; whyNotApprove: string | null };

/** What can be said to a proposal that waits: yes, no, a comment; and by its requester, never mind. */
export function ProposalAnswer({
  proposal: { id, mine, requesterLabel, whyNotApprove },
  signedInAgo,
}: {
  proposal: Proposal;
  signedInAgo: number;
}) {
  return (
    <>
      <h2>{mine ? "While it waits" : "Your answer"}</h2>
      {!mine &&
        (whyNotApprove ? (
          <p>{whyNotApprove}</p>
        ) : signedInAgo >= fiveMinutes ? (
          <FreshSignIn id={id} why="Agreeing to this" />
        ) : (
          <form method="post" action={`/admin/proposals/${id}/approve`}>
            <TextField label="Comment" help="May stay empty; it is recorded." name="comment" maxLength={500} autoComplete="off" />
            <button className="primary" type="submit">
              Approve, and run it as {requesterLabel}
            </button>
          </form>
        ))}
      {!mine && !whyNotApprove && <Answer id={id} verb="proposal.reject" label="Why not" button="Reject" />}
      {mine && <Answer id={id} verb="proposal.withdraw" label="Why you withdraw it" button="Withdraw" />}
      <Answer id={id} verb="proposal.comment" label="Comment for everybody who looks at this" button="Comment" />
    </>
  );
}

function Answer({ id, verb, label, button }: { id: string; verb: string; label: string; button: string }) {
  return (
    <form method="post" action={`/admin/proposals/${id}/answer`}>
      <input type="hidden" name="operation" value={verb} />
      <TextareaField label={label} name="reason" required minLength={3} maxLength={500} rows={2} />
      <button type="submit">{button}</button>
    </form>
  );
}

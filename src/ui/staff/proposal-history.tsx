import { Time } from "../time.tsx";

type Said = { id: string; at: Date; operation: string; actorLabel: string; reason: string | null };
type Props = { history: readonly Said[] };

const verbs: Record<string, string> = {
  "proposal.comment": "said",
  "proposal.approve": "approved it",
  "proposal.reject": "rejected it",
  "proposal.withdraw": "withdrew it",
};

/** What people said about a proposal, and what was decided. */
export function ProposalHistory({ history }: Props) {
  if (history.length === 0) return null;
  return (
    <>
      <h2>What was said</h2>
      <ul>
        {history.map(({ id, at, operation, actorLabel, reason }) => (
          <li key={id}>
            {actorLabel} {verbs[operation] ?? operation}
            {reason && <>: “{reason}”</>}{" "}
            <small>
              <a href={`/admin/audit/${id}`}>
                <Time value={at} />
              </a>
            </small>
          </li>
        ))}
      </ul>
    </>
  );
}

import type { OperationLink } from "#router/describe-operations.ts";
import { Badge } from "../badge.tsx";
import { OperationLinks } from "../operation-links.tsx";
import { Time } from "../time.tsx";

type Review = { verdict: string; verdictTitle: string; note: string | null; reviewerLabel: string; reviewedAt: Date };
type Props = {
  id: string;
  open: boolean;
  needsReview: boolean;
  review: Review | null;
  changes: readonly { id: string; at: Date; summary: string }[];
  operation: OperationLink;
};

/** What was changed in an impersonation, and what a second person found. */
export function ImpersonationReview({ id, open, needsReview, review, changes, operation }: Props) {
  return (
    <>
      <h2>What was changed in it</h2>
      {changes.length === 0 ? (
        <p className="quiet">Nothing.</p>
      ) : (
        <ul>
          {changes.map((change) => (
            <li key={change.id}>
              <a href={`/admin/audit/${change.id}`}>{change.summary}</a> <Time value={change.at} />
            </li>
          ))}
        </ul>
      )}
      <h2>Review</h2>
      {review ? (
        <p>
          <VerdictBadge {...review} /> {review.note} <small>by {review.reviewerLabel}</small> <Time value={review.reviewedAt} />
        </p>
      ) : (
        <>
          <p>{sentence({ open, needsReview })}</p>
          {!open && <OperationLinks operations={[operation]} targetId={id} />}
        </>
      )}
    </>
  );
}

export function VerdictBadge({ verdict, verdictTitle }: Pick<Review, "verdict" | "verdictTitle">) {
  return <Badge tone={verdict === "appropriate" ? "ok" : "bad"}>{verdictTitle}</Badge>;
}

export function reviewInWords({ needsReview, review }: { needsReview: boolean; review: { verdict: string } | null }): string {
  if (review) return review.verdict === "appropriate" ? "appropriate" : "something was found";
  return needsReview ? "waits" : "not asked for";
}

function sentence({ open, needsReview }: { open: boolean; needsReview: boolean }): string {
  if (open) return "It is decided when this is over: one that could change data is always reviewed, others by sample.";
  return needsReview ? "It waits for a second person." : "It is not in the sample; somebody may review it all the same.";
}

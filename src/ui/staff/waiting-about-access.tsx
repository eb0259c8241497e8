import type { ReactNode } from "react";
import type { OperationLink } from "#router/describe-operations.ts";
import { Age } from "../time.tsx";

type Request = {
  id: string;
  standingWords: string;
  createdAt: Date;
  allowedUntil: Date | null;
  user: { id: string; name: string };
  organization: { id: string; name: string };
  withdraw: OperationLink;
};
type Reviews = { waiting: number; found: number; mayReview: boolean };

/** Items for what this person asked customers for, and for reviews; null where there are none. */
export function waitingAboutAccess({ reviews, requests }: { reviews: Reviews; requests: readonly Request[] }): ReactNode {
  const waits = reviews.mayReview && reviews.waiting > 0;
  if (!waits && reviews.found === 0 && requests.length === 0) return null;
  return (
    <>
      {waits && (
        <li>
          <a href="/admin/reviews">{count(reviews.waiting, "impersonation waits", "impersonations wait")} for a second person’s review</a>
        </li>
      )}
      {reviews.found > 0 && (
        <li>
          <a href="/admin/reviews?show=found">{count(reviews.found, "review", "reviews")} found something</a>
        </li>
      )}
      {requests.map(({ id, standingWords, createdAt, allowedUntil, user, organization, withdraw }) => (
        <li key={id}>
          <a href={`/admin/users/${user.id}`}>
            Your request to view {organization.name} as {user.name} {standingWords}
          </a>{" "}
          <small>
            asked <Age value={createdAt} />
            {allowedUntil && (
              <>
                , ends <Age value={allowedUntil} />
              </>
            )}
          </small>{" "}
          {withdraw.allowed && <a href={`/admin/operations/${withdraw.name}?targetId=${id}`}>Withdraw</a>}
        </li>
      ))}
    </>
  );
}

function count(number: number, one: string, many: string): string {
  return `${number.toLocaleString("en-GB")} ${number === 1 ? one : many}`;
}

import type { FoundReview, WaitingReview } from "#router/staff/reviews.ts";
import { DataTable } from "../data-table.tsx";
import { Age, Time } from "../time.tsx";
import { VerdictBadge } from "./impersonation-review.tsx";

/** What waits for a second person. */
export function ReviewTable({ rows, ownId }: { rows: readonly WaitingReview[]; ownId: string }) {
  return (
    <DataTable label="Waiting for review" columns={["Impersonation", "Organization", "Mode", "Why", "Over since"]}>
      {rows.map(({ id, staffMemberId, staffName, userName, organizationName, mode, reason, ticket, overAt }) => (
        <tr key={id}>
          <td>
            <a href={`/admin/impersonations/${id}`}>
              {staffName} as {userName}
            </a>
            {staffMemberId === ownId && <small> your own: somebody else reviews it</small>}
          </td>
          <td>{organizationName}</td>
          <td>{mode === "write" ? "could change data" : "read-only"}</td>
          <td className="wide">
            {reason} <small>{ticket}</small>
          </td>
          <td>
            <Age value={overAt} />
          </td>
        </tr>
      ))}
    </DataTable>
  );
}

/** Verdicts that somebody has to act on. */
export function FoundTable({ rows }: { rows: readonly FoundReview[] }) {
  return (
    <DataTable label="What reviews found" columns={["Impersonation", "Verdict", "Note", "Reviewed"]}>
      {rows.map((row) => (
        <tr key={row.id}>
          <td>
            <a href={`/admin/impersonations/${row.impersonationId}`}>
              {row.staffName} as {row.userName}
            </a>
          </td>
          <td>
            <VerdictBadge {...row} />
          </td>
          <td className="wide">{row.note}</td>
          <td>
            <Time value={row.reviewedAt} /> <small>by {row.reviewerLabel}</small>
          </td>
        </tr>
      ))}
    </DataTable>
  );
}

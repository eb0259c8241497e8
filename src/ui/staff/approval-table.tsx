import type { DecisionKind } from "#generated/prisma/enums.ts";
import { Badge } from "../badge.tsx";
import { DataTable } from "../data-table.tsx";
import { Age, Time } from "../time.tsx";

type Waiting = {
  id: string;
  summary: string;
  requesterLabel: string;
  reason: string;
  ticket: string | null;
  approvalReasons: readonly string[];
  submittedAt: Date | null;
  expiresAt: Date;
  mine: boolean;
  mayApprove: boolean;
};

/** What waits for a second person. */
export function WaitingTable({ rows }: { rows: readonly Waiting[] }) {
  return (
    <DataTable label="Waiting for approval" columns={["What", "Asked by", "Why they want it", "Why it takes two", "Asked", "Ends"]}>
      {rows.map(({ id, summary, requesterLabel, reason, ticket, approvalReasons, submittedAt, expiresAt, mine, mayApprove }) => (
        <tr key={id}>
          <td className="wide">
            <a href={`/admin/proposals/${id}`}>{summary}</a> {mayApprove && <Badge tone="warn">yours to answer</Badge>}
          </td>
          <td>{mine ? "you" : requesterLabel}</td>
          <td className="wide">
            {reason} <small>{ticket}</small>
          </td>
          <td className="wide">{approvalReasons.join(" ")}</td>
          <td>{submittedAt && <Age value={submittedAt} />}</td>
          <td>
            <Age value={expiresAt} />
          </td>
        </tr>
      ))}
    </DataTable>
  );
}

type Decided = {
  id: string;
  summary: string;
  requesterLabel: string;
  decision: { kind: DecisionKind; deciderLabel: string; comment: string | null; decidedAt: Date };
};

const tones = { approved: "ok", rejected: "bad", withdrawn: "neutral" } as const;

/** What became of what had waited. */
export function DecidedTable({ rows }: { rows: readonly Decided[] }) {
  return (
    <DataTable label="Decided" columns={["What", "Asked by", "Decision", "Comment", "When"]}>
      {rows.map(({ id, summary, requesterLabel, decision: { kind, deciderLabel, comment, decidedAt } }) => (
        <tr key={id}>
          <td className="wide">
            <a href={`/admin/proposals/${id}`}>{summary}</a>
          </td>
          <td>{requesterLabel}</td>
          <td>
            <Badge tone={tones[kind]}>{kind}</Badge> {kind !== "withdrawn" && <small>by {deciderLabel}</small>}
          </td>
          <td className="wide">{comment}</td>
          <td>
            <Time value={decidedAt} />
          </td>
        </tr>
      ))}
    </DataTable>
  );
}

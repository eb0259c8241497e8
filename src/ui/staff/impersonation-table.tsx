import type { OperationLink } from "#router/describe-operations.ts";
import { DataTable } from "../data-table.tsx";
import { OperationLinks } from "../operation-links.tsx";
import { Time } from "../time.tsx";
import { reviewInWords } from "./impersonation-review.tsx";
import { type ImpersonationState, ImpersonationStateBadge } from "./impersonation-state.tsx";

type Row = {
  id: string;
  state: ImpersonationState;
  startedAt: Date;
  needsReview: boolean;
  review: { verdict: string } | null;
  reason: string;
  ticket: string;
  staffMember: { name: string };
  user: { id: string; name: string };
  organization: { id: string; name: string };
  operations: OperationLink[];
};

export function ImpersonationTable({ rows }: { rows: readonly Row[] }) {
  return (
    <DataTable label="Impersonations" columns={["Started", "Staff", "As", "Organization", "State", "Review", "Why", "Operations"]}>
      {rows.map((row) => (
        <tr key={row.id}>
          <td>
            <a href={`/admin/impersonations/${row.id}`}>
              <Time value={row.startedAt} />
            </a>
          </td>
          <td>{row.staffMember.name}</td>
          <td>
            <a href={`/admin/users/${row.user.id}`}>{row.user.name}</a>
          </td>
          <td>
            <a href={`/admin/organizations/${row.organization.id}`}>{row.organization.name}</a>
          </td>
          <td>
            <ImpersonationStateBadge state={row.state} />
          </td>
          <td>{reviewInWords(row)}</td>
          <td className="wide">
            {row.reason} <small>{row.ticket}</small>
          </td>
          <td>{row.state === "open" && <OperationLinks operations={row.operations} targetId={row.id} />}</td>
        </tr>
      ))}
    </DataTable>
  );
}

import type { OperationLink } from "#router/describe-operations.ts";
import { DataTable } from "../data-table.tsx";
import { pathWith } from "../path-with.ts";
import { RiskBadge } from "../risk-badge.tsx";

type Operation = OperationLink & { targetTitle: string };

/** What can be run over a list; `search` goes along, so that what it found becomes the list. */
export function BulkOperations({ operations, search }: { operations: readonly Operation[]; search: Record<string, string> }) {
  return (
    <DataTable label="Operations" columns={["Operation", "On", "Risk", "What it does"]}>
      {operations.map(({ name, title, targetTitle, risk, description, allowed, whyNot }) => (
        <tr key={name}>
          <td className="nowrap">{allowed ? <a href={pathWith("/admin/bulk/new", { ...search, operation: name })}>{title}</a> : title}</td>
          <td>{targetTitle}</td>
          <td>
            <RiskBadge risk={risk} />
          </td>
          <td className="wide">
            {description} {whyNot && <small>{whyNot}</small>}
          </td>
        </tr>
      ))}
    </DataTable>
  );
}

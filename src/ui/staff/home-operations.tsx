import { humanize } from "#lib/text.ts";
import type { OperationLink } from "#router/describe-operations.ts";
import { DataTable } from "../data-table.tsx";
import { RiskBadge } from "../risk-badge.tsx";

type Operation = OperationLink & { path: string; group: string; target: string; targetTitle: string };

/** Where to begin an operation on each kind of target. */
const places: Record<string, { path: string; text: string }> = {
  Organization: { path: "/admin/organizations", text: "from an organization’s page" },
  User: { path: "/admin/users", text: "from a user’s page" },
  Membership: { path: "/admin/users", text: "from a user’s page" },
  Session: { path: "/admin/users", text: "from a user’s page" },
  Job: { path: "/admin/jobs", text: "from the list of jobs" },
  Plan: { path: "/admin/settings", text: "from the settings" },
  Setting: { path: "/admin/settings", text: "from the settings" },
  StaffMember: { path: "/admin/staff", text: "from the list of staff" },
  BulkRun: { path: "/admin/bulk", text: "from the list of bulk runs" },
  Invoice: { path: "/admin/invoices", text: "from the list of invoices" },
  Proposal: { path: "/admin/approvals", text: "from the list of approvals" },
  Impersonation: { path: "/admin/impersonations", text: "from the list of impersonations" },
};

/** Everything that staff can do, by group, with where to begin it or why not. */
export function HomeOperations({ operations }: { operations: readonly Operation[] }) {
  return (
    <>
      <h2>What can be done</h2>
      <DataTable label="Operations" columns={["Group", "Operation", "Risk", "What it does", "Where"]}>
        {operations.map((operation, index) => (
          <tr key={operation.name}>
            <td>{operation.group === operations[index - 1]?.group ? null : humanize(operation.group)}</td>
            <td className="nowrap">
              {operation.target === "System" && operation.allowed ? <a href={operation.path}>{operation.title}</a> : operation.title}
            </td>
            <td>
              <RiskBadge risk={operation.risk} />
            </td>
            <td className="wide">{operation.description}</td>
            <td className="nowrap">
              <Where {...operation} />
            </td>
          </tr>
        ))}
      </DataTable>
    </>
  );
}

function Where({ allowed, whyNot, target }: Operation) {
  if (!allowed) return <small>{whyNot}</small>;
  if (target === "System") return <small>nothing to choose first</small>;
  const place = places[target];
  return place ? <a href={place.path}>{place.text}</a> : null;
}

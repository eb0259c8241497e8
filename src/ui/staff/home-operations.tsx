import { humanize } from "#lib/text.ts";
import type { OperationLink, OperationTarget } from "#router/describe-operations.ts";
import { DataTable } from "../data-table.tsx";
import { RiskBadge } from "../risk-badge.tsx";

type Operation = OperationLink & { path: string; group: string; target: OperationTarget; targetTitle: string };

const onOrganization = { path: "/admin/organizations", text: "from an organization’s page" };
const onUser = { path: "/admin/users", text: "from a user’s page" };
const inSettings = { path: "/admin/settings", text: "from the settings" };

/** Where to begin an operation on each kind of target. */
const places = {
  Organization: onOrganization,
  Monitor: onOrganization,
  ApiKey: onOrganization,
  WebhookEndpoint: onOrganization,
  DataExport: onOrganization,
  Invitation: onOrganization,
  User: onUser,
  Membership: onUser,
  Session: onUser,
  Plan: inSettings,
  Setting: inSettings,
  Invoice: { path: "/admin/invoices", text: "from the list of invoices" },
  StripeCall: { path: "/admin/organizations", text: "from an organization’s billing" },
  Job: { path: "/admin/jobs", text: "from the list of jobs" },
  BulkRun: { path: "/admin/bulk", text: "from the list of bulk runs" },
  Proposal: { path: "/admin/approvals", text: "from the list of approvals" },
  Impersonation: { path: "/admin/impersonations", text: "from the list of impersonations" },
  AccessRequest: { path: "/admin", text: "from what waits for you, above" },
  StaffMember: { path: "/admin/staff", text: "from the list of staff" },
} satisfies Record<Exclude<OperationTarget, "System">, { path: string; text: string }>;

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
  const { path, text } = places[target];
  return <a href={path}>{text}</a>;
}

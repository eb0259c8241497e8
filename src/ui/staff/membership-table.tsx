import type { OperationLink } from "#router/describe-operations.ts";
import { DataTable } from "../data-table.tsx";
import { EmptyState } from "../empty-state.tsx";
import { OperationLinks } from "../operation-links.tsx";

type Membership = { id: string; roleInWords: string; organization: { id: string; name: string }; operations: OperationLink[] };

/** Where somebody belongs, as what, and what can be done about it. */
export function MembershipTable({ memberships }: { memberships: readonly Membership[] }) {
  if (memberships.length === 0) return <EmptyState>This person belongs to no organization.</EmptyState>;
  return (
    <DataTable label="Memberships" columns={["Organization", "Role", "Operations"]}>
      {memberships.map(({ id, roleInWords, organization, operations }) => (
        <tr key={id}>
          <td>
            <a href={`/admin/organizations/${organization.id}`}>{organization.name}</a>
          </td>
          <td>{roleInWords}</td>
          <td>
            <OperationLinks operations={operations} targetId={id} />
          </td>
        </tr>
      ))}
    </DataTable>
  );
}

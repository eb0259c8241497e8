import type { OperationLink } from "#router/describe-operations.ts";
import { DataTable } from "../data-table.tsx";
import { EmptyState } from "../empty-state.tsx";
import { OperationLinks } from "../operation-links.tsx";
import { Age } from "../time.tsx";

type Invitation = {
  id: string;
  email: string;
  role: string;
  state: string;
  invitedByLabel: string;
  createdAt: Date;
  organization: { id: string; name: string };
  operations: OperationLink[];
};
type Props = { invitations: readonly Invitation[]; of: "organization" | "user" };

/** Invitations with what came of them: of an organization, to whom; of a user, to where. */
export function InvitationTable({ invitations, of }: Props) {
  if (invitations.length === 0)
    return <EmptyState>{of === "user" ? "This person was invited nowhere." : "No invitation waits for an answer."}</EmptyState>;
  return (
    <DataTable label="Invitations" columns={[of === "user" ? "To" : "E-mail", "As", "By", "Invited", "State", "Operations"]}>
      {invitations.map(({ id, email, role, state, invitedByLabel, createdAt, organization, operations }) => (
        <tr key={id}>
          <td>{of === "user" ? <a href={`/admin/organizations/${organization.id}`}>{organization.name}</a> : email}</td>
          <td>{role}</td>
          <td>{invitedByLabel}</td>
          <td>
            <Age value={createdAt} />
          </td>
          <td>{state}</td>
          <td>
            <OperationLinks operations={operations} targetId={id} />
          </td>
        </tr>
      ))}
    </DataTable>
  );
}

import { DataTable } from "../data-table.tsx";
import { EmptyState } from "../empty-state.tsx";
import { Age } from "../time.tsx";
import { OperationButton } from "./operation-button.tsx";

type Invitation = {
  id: string;
  email: string;
  role: string;
  invitedByLabel: string;
  createdAt: Date;
  expiresAt: Date;
  expired: boolean;
  whyNot: string | null;
};

/** Who is invited and has not answered; each takes a seat until it expires. */
export function InvitationTable({ invitations, path }: { invitations: readonly Invitation[]; path: string }) {
  if (invitations.length === 0) return <EmptyState>Nobody is invited at the moment. Invite the people you work with below.</EmptyState>;
  const whyNot = invitations.find((invitation) => invitation.whyNot)?.whyNot;
  return (
    <>
      <DataTable label="Invitations" columns={["E-mail", "As", "Invited by", "Invited", "Expires", "Change"]}>
        {invitations.map((invitation) => (
          <tr key={invitation.id}>
            <td>{invitation.email}</td>
            <td>{invitation.role}</td>
            <td>{invitation.invitedByLabel}</td>
            <td>
              <Age value={invitation.createdAt} />
            </td>
            <td>
              {invitation.expired ? "expired " : ""}
              <Age value={invitation.expiresAt} />
            </td>
            <td>
              <div className="actions">
                <OperationButton operation="invitation.resend" targetId={invitation.id} back={path} disabled={invitation.whyNot !== null}>
                  Send again
                </OperationButton>
                <OperationButton operation="invitation.revoke" targetId={invitation.id} back={path} disabled={invitation.whyNot !== null}>
                  Withdraw
                </OperationButton>
              </div>
            </td>
          </tr>
        ))}
      </DataTable>
      {whyNot && <p className="help">Invitations: {whyNot}</p>}
    </>
  );
}

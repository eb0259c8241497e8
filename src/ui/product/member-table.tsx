import { DataTable } from "../data-table.tsx";
import { Age } from "../time.tsx";
import { PermittedLink } from "./permitted-link.tsx";

type Member = {
  id: string;
  role: string;
  createdAt: Date;
  user: { id: string; name: string; email: string };
  changeRole: { allowed: boolean; whyNot: string | null };
};

/** The people of an organization with their roles. */
export function MemberTable({ members, ownId, path }: { members: readonly Member[]; ownId: string | null; path: string }) {
  const reasons = new Set(members.map(({ changeRole }) => changeRole.whyNot));
  const [onlyReason] = reasons.size === 1 ? reasons : [null];
  return (
    <>
      <DataTable label="Members" columns={["Name", "E-mail", "Role", "Joined", "Change"]}>
        {members.map(({ id, role, createdAt, user, changeRole }) => (
          <tr key={id}>
            <td>
              {user.name}
              {user.id === ownId && <span className="quiet"> (you)</span>}
            </td>
            <td>{user.email}</td>
            <td>{role}</td>
            <td>
              <Age value={createdAt} />
            </td>
            <td>
              <PermittedLink href={`${path}/${id}`} permission={onlyReason ? { allowed: false, whyNot: null } : changeRole}>
                Change role
              </PermittedLink>
            </td>
          </tr>
        ))}
      </DataTable>
      {onlyReason && <p className="help">Roles: {onlyReason}</p>}
    </>
  );
}

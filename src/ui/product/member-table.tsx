import { DataTable } from "../data-table.tsx";
import { Age } from "../time.tsx";

type Member = {
  id: string;
  roleInWords: string;
  createdAt: Date;
  user: { id: string; name: string; email: string };
  manage: { allowed: boolean; whyNot: string | null };
};

/** The people of an organization with their roles. */
export function MemberTable({ members, ownId, path }: { members: readonly Member[]; ownId: string | null; path: string }) {
  const whyNot = members.find(({ manage }) => manage.whyNot)?.manage.whyNot;
  return (
    <>
      <DataTable label="Members" columns={["Name", "E-mail", "Role", "Joined", "Change"]}>
        {members.map(({ id, roleInWords, createdAt, user, manage }) => (
          <tr key={id}>
            <td>
              {user.name}
              {user.id === ownId && <span className="quiet"> (you)</span>}
            </td>
            <td>{user.email}</td>
            <td>{roleInWords}</td>
            <td>
              <Age value={createdAt} />
            </td>
            <td>
              {manage.allowed || user.id === ownId ? (
                <a href={`${path}/${id}`}>{user.id === ownId ? "Your place" : "Change"}</a>
              ) : (
                <span className="quiet">–</span>
              )}
            </td>
          </tr>
        ))}
      </DataTable>
      {whyNot && <p className="help">Changing others: {whyNot}</p>}
    </>
  );
}

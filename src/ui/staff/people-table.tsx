import { DataTable } from "../data-table.tsx";
import { EmptyState } from "../empty-state.tsx";
import { Age } from "../time.tsx";
import { LockState } from "./lock-state.tsx";
import { PermittedLink } from "./permitted-link.tsx";

type Member = {
  id: string;
  roleInWords: string;
  viewAs: { whyNot: string | null };
  user: { id: string; name: string; email: string; lastSeenAt: Date | null; lockout: { until: Date } | null };
};

/** The people of an organization, with whether they can sign in. */
export function PeopleTable({ members, count }: { members: readonly Member[]; count: number }) {
  if (members.length === 0) return <EmptyState>Nobody belongs to this organization.</EmptyState>;
  return (
    <>
      <DataTable label="People" columns={["Name", "E-mail", "Role", "Last seen", "Sign-in", "View"]}>
        {members.map(({ id, roleInWords, viewAs, user }) => (
          <tr key={id}>
            <td>
              <a href={`/admin/users/${user.id}`}>{user.name}</a>
            </td>
            <td>{user.email}</td>
            <td>{roleInWords}</td>
            <td>
              <Age value={user.lastSeenAt} />
            </td>
            <td>
              <LockState until={user.lockout?.until ?? null} />
            </td>
            <td className="nowrap">
              <PermittedLink path={`/admin/operations/impersonation.start?targetId=${id}`} whyNot={viewAs.whyNot}>
                View as
              </PermittedLink>
            </td>
          </tr>
        ))}
      </DataTable>
      {count > members.length && (
        <p className="help">{`Only the first ${members.length} of ${count} are shown. Search for the others by name or e-mail.`}</p>
      )}
    </>
  );
}

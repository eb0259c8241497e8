import type { StaffRole } from "#generated/prisma/enums.ts";
import type { OperationLink } from "#router/describe-operations.ts";
import { DataTable } from "../data-table.tsx";
import { OperationLinks } from "../operation-links.tsx";
import { Age } from "../time.tsx";

type Member = {
  id: string;
  name: string;
  email: string;
  createdAt: Date;
  lastSeenAt: Date | null;
  groupRoles: readonly StaffRole[];
  roleGrants: readonly { id: string; role: StaffRole; createdAt: Date }[];
  operations: OperationLink[];
};

/** Who of the staff has which role, from where and since when. */
export function StaffTable({ members, ownId }: { members: readonly Member[]; ownId: string }) {
  return (
    <DataTable label="Staff" columns={["Name", "E-mail", "Roles", "First seen", "Last seen", "Operations", "Did"]}>
      {members.map((member) => (
        <tr key={member.id}>
          <td>
            {member.name} {member.id === ownId && <small>(you)</small>}
          </td>
          <td>{member.email}</td>
          <td>
            <Roles {...member} />
          </td>
          <td>
            <Age value={member.createdAt} />
          </td>
          <td>
            <Age value={member.lastSeenAt} />
          </td>
          <td>
            <OperationLinks operations={member.operations} targetId={member.id} />
          </td>
          <td>
            <a href={`/admin/audit?actor=${member.id}`}>Events</a>
          </td>
        </tr>
      ))}
    </DataTable>
  );
}

function Roles({ groupRoles, roleGrants }: Pick<Member, "groupRoles" | "roleGrants">) {
  if (groupRoles.length + roleGrants.length === 0) return <span className="quiet">none</span>;
  return (
    <>
      {groupRoles.map((role) => (
        <div key={role}>
          {role} <small>from a group</small>
        </div>
      ))}
      {roleGrants.map(({ id, role, createdAt }) => (
        <div key={id}>
          {role}{" "}
          <small>
            granted here <Age value={createdAt} />
          </small>
        </div>
      ))}
    </>
  );
}

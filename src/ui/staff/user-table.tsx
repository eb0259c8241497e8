import type { UserRow } from "#router/staff/users.ts";
import { DataTable } from "../data-table.tsx";
import { Age } from "../time.tsx";
import { LockState } from "./lock-state.tsx";

export function UserTable({ rows }: { rows: readonly UserRow[] }) {
  return (
    <DataTable label="Users" columns={["Name", "E-mail", "Organizations", "Sign-in", "Last seen", "Created"]}>
      {rows.map((row) => (
        <tr key={row.id}>
          <td>
            <a href={`/admin/users/${row.id}`}>{row.name}</a>
          </td>
          <td>{row.email}</td>
          <td>
            {row.organizations?.map(({ id, name, role }) => (
              <div key={id}>
                <a href={`/admin/organizations/${id}`}>{name}</a> <small>{role}</small>
              </div>
            ))}
          </td>
          <td>
            <LockState until={row.lockedUntil} />
          </td>
          <td>
            <Age value={row.lastSeenAt} />
          </td>
          <td>
            <Age value={row.createdAt} />
          </td>
        </tr>
      ))}
    </DataTable>
  );
}

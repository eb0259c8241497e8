import type { OrganizationRow } from "#router/staff/organizations.ts";
import { DataTable } from "../data-table.tsx";
import { Age } from "../time.tsx";
import { OrganizationStatus } from "./organization-status.tsx";

export function OrganizationTable({ rows }: { rows: readonly OrganizationRow[] }) {
  return (
    <DataTable label="Organizations" columns={["Name", "Slug", "Status", "Plan", "Trial", "People / seats", "Created"]}>
      {rows.map((row) => (
        <tr key={row.id}>
          <td>
            <a href={`/admin/organizations/${row.id}`}>{row.name}</a>
          </td>
          <td>{row.slug}</td>
          <td>
            <OrganizationStatus {...row} />
          </td>
          <td>{row.planName}</td>
          <td>{row.status === "trialing" && row.trialEndsAt && <Trial endsAt={row.trialEndsAt} />}</td>
          <td>
            {row.members} / {row.seats ?? 0}
          </td>
          <td>
            <Age value={row.createdAt} />
          </td>
        </tr>
      ))}
    </DataTable>
  );
}

function Trial({ endsAt }: { endsAt: Date }) {
  return (
    <>
      {endsAt > new Date() ? "ends" : "ended"} <Age value={endsAt} />
    </>
  );
}

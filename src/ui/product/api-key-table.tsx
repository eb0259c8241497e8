import { Badge } from "../badge.tsx";
import { DataTable } from "../data-table.tsx";
import { EmptyState } from "../empty-state.tsx";
import { Age } from "../time.tsx";
import { PermittedLink } from "./permitted-link.tsx";

type Key = {
  id: string;
  name: string;
  prefix: string;
  scopes: string[];
  createdBy: string | null;
  createdAt: Date;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
  revoke: { allowed: boolean; whyNot: string | null };
};

/** The API keys of an organization; those that were revoked stay, to tell what they were. */
export function ApiKeyTable({ keys, path }: { keys: readonly Key[]; path: string }) {
  if (keys.length === 0)
    return <EmptyState>No API keys yet. Create one for each program that should read or change your monitors.</EmptyState>;
  return (
    <DataTable label="API keys" columns={["Name", "Begins with", "May", "Created", "Last used", "State"]}>
      {keys.map((key) => (
        <tr key={key.id}>
          <td>{key.name}</td>
          <td>
            <code>{key.prefix}…</code>
          </td>
          <td>{key.scopes.join(", ")}</td>
          <td>
            <Age value={key.createdAt} /> by {key.createdBy ?? "somebody who has left"}
          </td>
          <td>
            <Age value={key.lastUsedAt} />
          </td>
          <td>
            {key.revokedAt ? (
              <>
                <Badge tone="bad">revoked</Badge> <Age value={key.revokedAt} />
              </>
            ) : (
              <PermittedLink href={`${path}/${key.id}/revoke`} may={key.revoke}>
                {`Revoke ${key.name}`}
              </PermittedLink>
            )}
          </td>
        </tr>
      ))}
    </DataTable>
  );
}

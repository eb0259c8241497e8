import type { OperationLink } from "#router/describe-operations.ts";
import { DataTable } from "../data-table.tsx";
import { EmptyState } from "../empty-state.tsx";
import { OperationLinks } from "../operation-links.tsx";
import { Age } from "../time.tsx";

type Key = { id: string; name: string; prefix: string; scopes: string[]; lastUsedAt: Date | null; operations: OperationLink[] };

/** With which keys this customer's programs come in. */
export function ApiKeyList({ keys }: { keys: readonly Key[] }) {
  if (keys.length === 0) return <EmptyState>No API key. Owners and admins of the customer make their own.</EmptyState>;
  return (
    <DataTable label="API keys" columns={["Name", "Begins with", "May", "Last used", "Operations"]}>
      {keys.map(({ id, name, prefix, scopes, lastUsedAt, operations }) => (
        <tr key={id}>
          <td>{name}</td>
          <td>
            <code>{prefix}…</code>
          </td>
          <td>{scopes.join(", ")}</td>
          <td>
            <Age value={lastUsedAt} />
          </td>
          <td>
            <OperationLinks operations={operations} targetId={id} />
          </td>
        </tr>
      ))}
    </DataTable>
  );
}

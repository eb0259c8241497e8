import type { OperationLink } from "#router/describe-operations.ts";
import { DataTable } from "../data-table.tsx";
import { EmptyState } from "../empty-state.tsx";
import { OperationLinks } from "../operation-links.tsx";
import { describeBrowser } from "../product/describe-browser.ts";
import { Age } from "../time.tsx";

type Session = {
  id: string;
  createdAt: Date;
  lastSeenAt: Date;
  sourceIp: string | null;
  userAgent: string | null;
  operations: OperationLink[];
};

/** Where somebody is signed in now. */
export function UserSessions({ sessions }: { sessions: readonly Session[] }) {
  if (sessions.length === 0) return <EmptyState>Signed in nowhere at the moment.</EmptyState>;
  return (
    <DataTable label="Sessions" columns={["Browser", "Address", "Signed in", "Last seen", "Operations"]}>
      {sessions.map(({ id, createdAt, lastSeenAt, sourceIp, userAgent, operations }) => (
        <tr key={id}>
          <td title={userAgent ?? undefined}>{describeBrowser(userAgent)}</td>
          <td>{sourceIp ?? "unknown"}</td>
          <td>
            <Age value={createdAt} />
          </td>
          <td>
            <Age value={lastSeenAt} />
          </td>
          <td>
            <OperationLinks operations={operations} targetId={id} />
          </td>
        </tr>
      ))}
    </DataTable>
  );
}

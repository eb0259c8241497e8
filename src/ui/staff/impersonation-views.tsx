import { DataTable } from "../data-table.tsx";
import { EmptyState } from "../empty-state.tsx";
import { Time } from "../time.tsx";

type View = { id: string; at: Date; kind: string; name: string };

/** What was opened and called inside an impersonation, in order. */
export function ImpersonationViews({ views }: { views: readonly View[] }) {
  if (views.length === 0) return <EmptyState>Nothing has been opened yet. What is opened shows here within a second.</EmptyState>;
  return (
    <DataTable label="What was opened" columns={["When", "What", "Name"]}>
      {views.map(({ id, at, kind, name }) => (
        <tr key={id}>
          <td>
            <Time value={at} />
          </td>
          <td>{kind}</td>
          <td className="wide">
            <code>{name}</code>
          </td>
        </tr>
      ))}
    </DataTable>
  );
}

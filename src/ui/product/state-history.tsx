import { plural } from "#lib/text.ts";
import type { MonitorState } from "#router/monitor-status.ts";
import { DataTable } from "../data-table.tsx";
import { EmptyState } from "../empty-state.tsx";
import { Time } from "../time.tsx";
import { MonitorStatusBadge } from "./monitor-status.tsx";
import { StateChart } from "./state-chart.tsx";

type History = Parameters<typeof StateChart>[0] & {
  days: number;
  changes: readonly { id: string; from: MonitorState; to: MonitorState; at: Date }[];
};

/** How it has been: a picture of all that is kept, and the changes one by one. */
export function StateHistory({ days, changes, ...chart }: History) {
  return (
    <section>
      <h2>History</h2>
      <p className="quiet">{`Kept for ${plural(days, "day")}.`}</p>
      <StateChart {...chart} />
      {changes.length === 0 ? (
        <EmptyState>Its state has not changed in this time.</EmptyState>
      ) : (
        <DataTable label="Changes of state" columns={["When", "From", "To"]}>
          {changes.map(({ id, at, from, to }) => (
            <tr key={id}>
              <td>
                <Time value={at} />
              </td>
              <td>
                <MonitorStatusBadge status={from} />
              </td>
              <td>
                <MonitorStatusBadge status={to} />
              </td>
            </tr>
          ))}
        </DataTable>
      )}
    </section>
  );
}

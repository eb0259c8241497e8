import type { MonitorStatus } from "#router/monitor-status.ts";
import { DataTable } from "../data-table.tsx";
import { EmptyState } from "../empty-state.tsx";
import { MonitorStatusBadge } from "../product/monitor-status.tsx";
import { describeSchedule, type Schedule } from "../product/schedule.ts";
import { Age } from "../time.tsx";

type Monitor = Schedule & { id: string; name: string; lastPingAt: Date | null; status: MonitorStatus; since: Date };

/** What this customer's monitors say now, those that fail first. */
export function MonitorSummary({ monitors, count }: { monitors: readonly Monitor[]; count: number }) {
  if (monitors.length === 0) return <EmptyState>No monitor yet. Customers make their own.</EmptyState>;
  return (
    <>
      <DataTable label="Monitors" columns={["Name", "Status", "Since", "Last ping", "Expected"]}>
        {monitors.map((monitor) => (
          <tr key={monitor.id}>
            <td>{monitor.name}</td>
            <td>
              <MonitorStatusBadge status={monitor.status} />
            </td>
            <td>
              <Age value={monitor.since} />
            </td>
            <td>
              <Age value={monitor.lastPingAt} />
            </td>
            <td>{describeSchedule(monitor)}</td>
          </tr>
        ))}
      </DataTable>
      {count > monitors.length && <p className="help">{`Only the first ${monitors.length} of ${count} are shown.`}</p>}
    </>
  );
}

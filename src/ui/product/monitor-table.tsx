import type { MonitorStatus } from "#router/monitor-status.ts";
import { DataTable } from "../data-table.tsx";
import { EmptyState } from "../empty-state.tsx";
import { Age } from "../time.tsx";
import { MonitorStatusBadge } from "./monitor-status.tsx";
import { describeSchedule, type Schedule } from "./schedule.ts";

type Monitor = Schedule & { id: string; name: string; status: MonitorStatus; since: Date; lastPingAt: Date | null };

type Props = { monitors: readonly Monitor[]; path: string /** Only what tells whether all is well. */; compact?: boolean };

/** An organization's monitors; those that need attention are told by their status, the order stays. */
export function MonitorTable({ monitors, path, compact = false }: Props) {
  if (monitors.length === 0)
    return (
      <EmptyState>
        No monitors yet. Create one for each job that should run regularly, and call its address when the job is done.
      </EmptyState>
    );
  return (
    <DataTable label="Monitors" columns={["Name", "Status", ...(compact ? [] : ["Since", "Schedule"]), "Last ping"]}>
      {monitors.map((monitor) => (
        <tr key={monitor.id}>
          <td>
            <a href={`${path}/${monitor.id}`}>{monitor.name}</a>
          </td>
          <td>
            <MonitorStatusBadge status={monitor.status} />
          </td>
          {!compact && (
            <>
              <td>
                <Age value={monitor.since} />
              </td>
              <td>{describeSchedule(monitor)}</td>
            </>
          )}
          <td>
            <Age value={monitor.lastPingAt} none="none yet" />
          </td>
        </tr>
      ))}
    </DataTable>
  );
}

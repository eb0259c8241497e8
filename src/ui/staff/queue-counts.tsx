import type { QueueCount } from "#router/staff/jobs.ts";
import { DataTable } from "../data-table.tsx";
import { pathWith } from "../path-with.ts";

const most = 10_000;

/** How many jobs each queue has in each state, each number the way to those jobs. */
export function QueueCounts({ queues, path }: { queues: readonly QueueCount[]; path: string }) {
  const states = (queues[0]?.counts ?? []).map(({ title }) => title);
  return (
    <DataTable label="Queues" columns={["Queue", ...states]}>
      {queues.map(({ queue, title, counts }) => (
        <tr key={queue}>
          <td>
            <a href={pathWith(path, { queue })}>{title}</a>
          </td>
          {counts.map(({ state, count }) => (
            <td key={state}>
              {count === 0 ? <span className="quiet">0</span> : <a href={pathWith(path, { queue, state })}>{inWords(count)}</a>}
            </td>
          ))}
        </tr>
      ))}
    </DataTable>
  );
}

function inWords(count: number): string {
  return count > most ? `> ${most.toLocaleString("en-GB")}` : count.toLocaleString("en-GB");
}

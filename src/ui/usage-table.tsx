import { DataTable } from "./data-table.tsx";
import { EmptyState } from "./empty-state.tsx";

type Usage = { label: string; used: number; of: number };

/** What is used of each limit, as numbers and as a bar. */
export function UsageTable({ usage }: { usage: readonly Usage[] }) {
  if (usage.length === 0) return <EmptyState>Without a subscription there are no limits to use.</EmptyState>;
  return (
    <DataTable label="Usage" columns={["What", "Used", "Of", "Share"]}>
      {usage.map(({ label, used, of }) => (
        <tr key={label}>
          <td>{label}</td>
          <td>{used.toLocaleString("en-GB")}</td>
          <td>{of.toLocaleString("en-GB")}</td>
          <td>
            <meter
              aria-label={`${label}: ${used} of ${of}`}
              min={0}
              max={Math.max(of, 1)}
              high={of * 0.8}
              optimum={0}
              value={Math.min(used, of)}
            />
            {used > of && <small> over by {(used - of).toLocaleString("en-GB")}</small>}
          </td>
        </tr>
      ))}
    </DataTable>
  );
}

import { DataTable } from "../data-table.tsx";
import { EmptyState } from "../empty-state.tsx";
import { Time } from "../time.tsx";
import { PingChart } from "./ping-chart.tsx";

type PingKind = "success" | "start" | "fail";

const kinds: Record<PingKind, string> = { success: "done", start: "started", fail: "failed" };

type Props = { pings: readonly { id: bigint; at: Date; kind: PingKind }[]; hours: readonly { hour: Date; count: number }[] };

/** When pings came: the last day by the hour, and the latest one by one. */
export function PingHistory({ pings, hours }: Props) {
  if (pings.length === 0)
    return (
      <section>
        <h2>Pings</h2>
        <EmptyState>No ping has come yet. Call the address above once to see it here.</EmptyState>
      </section>
    );
  return (
    <>
      <section>
        <h2>Pings in the last 24 hours</h2>
        <PingChart hours={hours} />
      </section>
      <section>
        <h2>Latest pings</h2>
        <DataTable label="Latest pings" columns={["Received", "Said"]}>
          {pings.map(({ id, at, kind }) => (
            <tr key={String(id)}>
              <td>
                <Time value={at} />
              </td>
              <td>{kinds[kind]}</td>
            </tr>
          ))}
        </DataTable>
      </section>
    </>
  );
}

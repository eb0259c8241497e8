import { DataTable } from "../data-table.tsx";
import { EmptyState } from "../empty-state.tsx";
import { Time } from "../time.tsx";
import { describeBrowser } from "./describe-browser.ts";

type Event = { id: string; at: Date; what: string; who: string; sourceIp: string | null; userAgent: string | null };

/** What happened to this account lately, so that its person notices what was not them. */
export function SecurityEvents({ events }: { events: readonly Event[] }) {
  return (
    <section>
      <h2>What happened lately</h2>
      {events.length === 0 ? (
        <EmptyState>Nothing yet. Sign-ins and changes of your password, address and second factor are listed here.</EmptyState>
      ) : (
        <DataTable label="What happened lately" columns={["When", "What", "Who", "Browser", "Address"]}>
          {events.map(({ id, at, what, who, sourceIp, userAgent }) => (
            <tr key={id}>
              <td>
                <Time value={at} />
              </td>
              <td className="wide">{what}</td>
              <td>{who}</td>
              <td>{userAgent ? describeBrowser(userAgent) : ""}</td>
              <td>{sourceIp}</td>
            </tr>
          ))}
        </DataTable>
      )}
      {events.length > 0 && <p className="help">Something was not you? Change your password: that ends all other sessions.</p>}
    </section>
  );
}

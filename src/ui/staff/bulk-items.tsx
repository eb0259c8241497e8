import type { BulkItemState } from "#generated/prisma/enums.ts";
import { formatMoney } from "#lib/money.ts";
import { Badge } from "../badge.tsx";
import { DataTable } from "../data-table.tsx";
import { EmptyState } from "../empty-state.tsx";

type Item = {
  position: number;
  targetId: string;
  targetLabel: string | null;
  state: BulkItemState;
  summary: string | null;
  message: string | null;
  amount: number | null;
  currency: string | null;
  eventId: string | null;
  path: string;
};

const tones = { waiting: "neutral", succeeded: "ok", refused: "warn", failed: "bad" } as const;
const states = Object.keys(tones) as BulkItemState[];

/** The targets, with what would happen to each, or what did. */
export function BulkItems({ items, path, state }: { items: readonly Item[]; path: string; state: BulkItemState | null }) {
  return (
    <>
      <p>
        Show: {state === null ? "all" : <a href={path}>all</a>}
        {states.map((one) => (
          <span key={one}> · {one === state ? one : <a href={`${path}?state=${one}`}>{one}</a>}</span>
        ))}
      </p>
      {items.length === 0 ? (
        <EmptyState>None.</EmptyState>
      ) : (
        <DataTable label="Targets" columns={["No.", "Target", "State", "What", "Amount"]}>
          {items.map(({ position, targetId, targetLabel, state, summary, message, amount, currency, eventId, path }) => (
            <tr key={position}>
              <td className="number">{position + 1}</td>
              <td>{targetLabel === targetId ? targetId : <a href={path}>{targetLabel ?? targetId}</a>}</td>
              <td>
                <Badge tone={tones[state]}>{state}</Badge>
              </td>
              <td className="wide">{eventId ? <a href={`/admin/runs/${eventId}`}>{summary}</a> : (message ?? summary)}</td>
              <td className="number">{amount !== null && currency && formatMoney(amount, currency)}</td>
            </tr>
          ))}
        </DataTable>
      )}
    </>
  );
}

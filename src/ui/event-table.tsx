import type { Outcome } from "#generated/prisma/enums.ts";
import { Badge, type BadgeTone } from "./badge.tsx";
import { DataTable } from "./data-table.tsx";
import { EmptyState } from "./empty-state.tsx";
import { Time } from "./time.tsx";

export type EventRow = {
  id: string;
  at: Date;
  actorType: string;
  actorLabel: string;
  onBehalfOfLabel: string | null;
  operation: string;
  outcome: Outcome;
  summary: string;
  reason: string | null;
  ticket: string | null;
  /** Where it is taken back. */
  wayBack?: string | null;
};

const tones: Record<Outcome, BadgeTone> = { succeeded: "ok", denied: "bad", failed: "warn", pending: "neutral" };

/** Audit events, newest first: when, who, what, why. */
export function EventTable({ events, label }: { events: readonly EventRow[]; label: string }) {
  if (events.length === 0) return <EmptyState>Nothing has been recorded yet.</EmptyState>;
  return (
    <DataTable label={label} columns={["When", "Who", "What", "Outcome", "Why"]}>
      {events.map((event) => (
        <tr key={event.id}>
          <td>
            <Time value={event.at} />
          </td>
          <td>
            {event.actorLabel} {event.onBehalfOfLabel && <small>on behalf of {event.onBehalfOfLabel}</small>}
            {event.actorType !== "staff" && <small>{event.actorType}</small>}
          </td>
          <td className="wide">
            <a href={`/admin/audit/${event.id}`}>{event.summary}</a> <small>{event.operation}</small>
            {event.wayBack && (
              <>
                {" "}
                <a href={event.wayBack}>Take back</a>
              </>
            )}
          </td>
          <td>
            <OutcomeBadge outcome={event.outcome} />
          </td>
          <td className="wide">
            {event.reason} {event.ticket && <small>{event.ticket}</small>}
          </td>
        </tr>
      ))}
    </DataTable>
  );
}

export function OutcomeBadge({ outcome }: { outcome: Outcome }) {
  return <Badge tone={tones[outcome]}>{outcome}</Badge>;
}

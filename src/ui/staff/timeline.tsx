import type { StaffRole } from "#generated/prisma/enums.ts";
import { type EventRow, EventTable } from "../event-table.tsx";

/** What happened, newest first, with the ways back for everybody whose roles change anything. */
export function Timeline({ events, roles }: { events: readonly EventRow[]; roles: readonly StaffRole[] }) {
  if (roles.some((role) => role !== "viewer")) return <EventTable events={events} label="Events" />;
  return (
    <>
      <EventTable events={events.map((event) => ({ ...event, wayBack: null }))} label="Events" />
      {events.some(({ wayBack }) => wayBack) && (
        <p className="help">Some of this can be taken back, by whoever has the role for it. A viewer changes nothing.</p>
      )}
    </>
  );
}

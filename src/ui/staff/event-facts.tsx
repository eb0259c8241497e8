import type { RecordedEvent } from "#router/staff/audit.ts";
import { Facts } from "../facts.tsx";
import { Id } from "../id.tsx";
import { Time } from "../time.tsx";
import { findTargetPath } from "./target-path.ts";

type Approval = { proposalId: string; deciderLabel: string };

/** Everything that the audit keeps of an event, with the ways on from it. */
export function EventFacts({ event, approval }: { event: RecordedEvent; approval: Approval | null }) {
  const { actorType, actorId, actorLabel, actorRoles, onBehalfOfId, onBehalfOfLabel, organizationId, impersonationId } = event;
  return (
    <Facts
      facts={{
        When: <Time value={event.at} />,
        Actor: (
          <Named
            label={actorLabel}
            id={actorId}
            path={actorType === "user" ? `/admin/users/${actorId}` : `/admin/audit?actor=${actorId}`}
          />
        ),
        "Type, roles": [actorType, ...actorRoles].join(", "),
        "On behalf of": onBehalfOfId && <Named label={onBehalfOfLabel} id={onBehalfOfId} path={`/admin/users/${onBehalfOfId}`} />,
        Operation: <a href={`/admin/audit?operation=${event.operation}`}>{event.operation}</a>,
        Target: event.targetId && (
          <Named label={`${event.targetType}: ${event.targetLabel}`} id={event.targetId} path={findTargetPath(event)} />
        ),
        Organization: organizationId && <Named label={null} id={organizationId} path={`/admin/organizations/${organizationId}`} />,
        Reason: event.reason,
        Ticket: event.ticket && <a href={`/admin/audit?ticket=${encodeURIComponent(event.ticket)}`}>{event.ticket}</a>,
        Impersonation: impersonationId && <Named label={null} id={impersonationId} path={`/admin/impersonations/${impersonationId}`} />,
        Approval: approval && (
          <Named label={`by ${approval.deciderLabel}`} id={event.approvalId ?? ""} path={`/admin/proposals/${approval.proposalId}`} />
        ),
        Session: event.sessionId && <Id>{event.sessionId}</Id>,
        Request: event.requestId && <Id>{event.requestId}</Id>,
        Address: event.sourceIp,
        Browser: event.userAgent,
        Event: <Id>{event.id}</Id>,
      }}
    />
  );
}

function Named({ label, id, path }: { label: string | null; id: string; path: string | null }) {
  return (
    <>
      {path ? <a href={path}>{label ?? "Open"}</a> : label} <Id>{id}</Id>
    </>
  );
}

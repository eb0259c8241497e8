import type { ImpersonationMode } from "#generated/prisma/enums.ts";
import { Facts } from "../facts.tsx";
import { Id } from "../id.tsx";
import { Time } from "../time.tsx";

type Impersonation = {
  id: string;
  mode: ImpersonationMode;
  reason: string;
  ticket: string;
  startEventId: string;
  startedAt: Date;
  expiresAt: Date;
  endedAt: Date | null;
  writeReason: string | null;
  steppedUpAt: Date | null;
  staffMember: { id: string; name: string };
  user: { id: string; name: string; email: string };
  organization: { id: string; name: string };
};

const modes: Record<ImpersonationMode, string> = { readOnly: "Read-only", write: "Can change data" };

export function ImpersonationFacts(impersonation: Impersonation) {
  const {
    id,
    mode,
    writeReason,
    steppedUpAt,
    reason,
    ticket,
    startEventId,
    startedAt,
    expiresAt,
    endedAt,
    staffMember,
    user,
    organization,
  } = impersonation;
  return (
    <Facts
      facts={{
        Staff: <a href={`/admin/audit?actor=${staffMember.id}`}>{staffMember.name}</a>,
        As: (
          <>
            <a href={`/admin/users/${user.id}`}>{user.name}</a> <small>{user.email}</small>
          </>
        ),
        Organization: <a href={`/admin/organizations/${organization.id}`}>{organization.name}</a>,
        Mode: modes[mode],
        Reason: reason,
        Ticket: ticket,
        ...(steppedUpAt && {
          "Asked to change data": (
            <>
              <Time value={steppedUpAt} /> {writeReason}
            </>
          ),
        }),
        Started: <Time value={startedAt} />,
        [endedAt ? "Ended" : expiresAt > new Date() ? "Ends" : "Expired"]: <Time value={endedAt ?? expiresAt} />,
        "Start event": (
          <a href={`/admin/audit/${startEventId}`}>
            <Id>{startEventId}</Id>
          </a>
        ),
        Id: <Id>{id}</Id>,
      }}
    />
  );
}

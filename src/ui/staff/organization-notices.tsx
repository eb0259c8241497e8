import { Message } from "../message.tsx";
import { Time } from "../time.tsx";

type Props = {
  suspension: { suspendedAt: Date; reason: string; ticket: string } | null;
  deactivation: { deactivatedAt: Date; reason: string } | null;
  maintenance: { startedAt: Date; message: string } | null;
  deletion: { dueAt: Date; reason: string; ticket: string | null } | null;
};

/** What is out of the ordinary with an organization, and why. */
export function OrganizationNotices({ suspension, deactivation, maintenance, deletion }: Props) {
  return (
    <>
      {suspension && (
        <Message tone="error">
          Suspended <Time value={suspension.suspendedAt} />: {suspension.reason} ({suspension.ticket})
        </Message>
      )}
      {deactivation && (
        <Message tone="error">
          Deactivated <Time value={deactivation.deactivatedAt} />: {deactivation.reason}
        </Message>
      )}
      {deletion && (
        <Message tone="error">
          It is deleted with everything in it <Time value={deletion.dueAt} />: {deletion.reason}
          {deletion.ticket && ` (${deletion.ticket})`}
        </Message>
      )}
      {maintenance && (
        <Message tone="notice">
          Under maintenance since <Time value={maintenance.startedAt} />. Its people read: “{maintenance.message}”
        </Message>
      )}
    </>
  );
}

import type { Metadata } from "next";
import { whyNotWith } from "#router/describe-operations.ts";
import { ChangesTable } from "#ui/changes-table.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { Facts } from "#ui/facts.tsx";
import { Id } from "#ui/id.tsx";
import { Message } from "#ui/message.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { findTargetPath } from "#ui/staff/target-path.ts";
import { Time } from "#ui/time.tsx";
import { staffPage } from "../../staff-page.tsx";

export const metadata: Metadata = { title: "Done" };

export default staffPage("/admin/runs/[eventId]", async ({ staff, actor, params: { eventId } }) => {
  const { event, approval, changes, inverse } = await staff.audit.get({ id: eventId });
  const targetPath = findTargetPath(event);
  const whyNotBack = inverse && whyNotWith(actor.roles, inverse.name);
  const done = event.outcome === "succeeded";
  return (
    <>
      <PageHeader crumbs={[{ label: "Staff area", path: "/admin" }]} title={done ? "Done" : "Nothing was done"} />
      <Message tone={done ? "success" : "error"}>{event.summary}</Message>
      <p>
        {targetPath && (
          <>
            <a className="button primary" href={targetPath}>
              Back to {event.targetLabel}
            </a>{" "}
          </>
        )}
        <a className="button" href={`/admin/audit/${event.id}`}>
          Audit event
        </a>{" "}
        {inverse &&
          (whyNotBack ? (
            <span className="quiet">
              Take back: {inverse.title} <small>{whyNotBack}</small>
            </span>
          ) : (
            <a className="button" href={inverse.path}>
              Take back: {inverse.title}
            </a>
          ))}
      </p>
      <h2>What changed</h2>
      {changes.length > 0 ? <ChangesTable changes={changes} /> : <EmptyState>No row changed.</EmptyState>}
      <h2>Recorded</h2>
      <Facts
        facts={{
          By: event.actorLabel,
          "Approved by": approval && <a href={`/admin/proposals/${approval.proposalId}`}>{approval.deciderLabel}</a>,
          When: <Time value={event.at} />,
          Reason: event.reason,
          Ticket: event.ticket,
          "Audit event": <Id>{event.id}</Id>,
        }}
      />
    </>
  );
});

import type { BulkState, ProposalState } from "#generated/prisma/enums.ts";
import { Badge } from "../badge.tsx";
import { Facts } from "../facts.tsx";
import { Message } from "../message.tsx";
import { ProgressBar } from "../progress-bar.tsx";

const tones = { preparing: "neutral", ready: "warn", running: "ok", stopped: "warn", finished: "neutral" } as const;

export function BulkStateBadge({ state }: { state: BulkState }) {
  return <Badge tone={tones[state]}>{state}</Badge>;
}

type Counts = { state: BulkState; total: number; prepared: number; refused: number; succeeded: number; failed: number };

/** How far it is. */
export function BulkCounts({ state, total, prepared, refused, succeeded, failed }: Counts) {
  const number = (count: number) => count.toLocaleString("en-GB");
  const done = state === "preparing" ? prepared : refused + succeeded + failed;
  return (
    <Facts
      facts={{
        State: <BulkStateBadge state={state} />,
        Progress: state === "ready" ? null : <ProgressBar label={state === "preparing" ? "Prepared" : "Done"} done={done} total={total} />,
        Targets: number(total),
        Succeeded: state === "preparing" || state === "ready" ? null : number(succeeded),
        "Left out": number(refused),
        Failed: failed > 0 ? number(failed) : null,
      }}
    />
  );
}

type Notice = { state: BulkState; proposal: { id: string; state: ProposalState } | null };

/** What comes next. */
export function BulkNotice({ state, proposal }: Notice) {
  if (proposal?.state === "awaitingApproval")
    return (
      <Message tone="notice">
        It waits for a second person. <a href={`/admin/proposals/${proposal.id}`}>Open the request</a>
      </Message>
    );
  if (state === "ready")
    return (
      <Message tone="notice">
        Every target was previewed, and nothing has been changed. Look at it, then ask for approval by “Start a bulk run”.
      </Message>
    );
  if (state === "stopped") return <Message tone="notice">Stopped. What was done stays done; it can be resumed.</Message>;
  return null;
}

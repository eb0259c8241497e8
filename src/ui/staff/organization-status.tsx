import type { SubscriptionStatus } from "#generated/prisma/enums.ts";
import type { ClosureKind } from "#router/staff/organizations.ts";
import { Badge, type BadgeTone } from "../badge.tsx";

export const statusWords: Record<SubscriptionStatus, string> = {
  trialing: "Trial",
  active: "Active",
  pastDue: "Past due",
  canceled: "Canceled",
};
const tones: Record<SubscriptionStatus, BadgeTone> = { trialing: "neutral", active: "ok", pastDue: "warn", canceled: "bad" };

const closures: Record<ClosureKind, { words: string; tone: BadgeTone }> = {
  suspended: { words: "Suspended", tone: "bad" },
  deactivated: { words: "Deactivated", tone: "bad" },
  maintenance: { words: "Under maintenance", tone: "warn" },
};

type Props = { status: SubscriptionStatus | null; closed: ClosureKind | null; deletionDueAt: Date | null };

/** What keeps its people out before all else, then what is to come, then how the subscription stands. */
export function OrganizationStatus({ status, closed, deletionDueAt }: Props) {
  return (
    <>
      {closed && <Badge tone={closures[closed].tone}>{closures[closed].words}</Badge>}{" "}
      {deletionDueAt && <Badge tone="bad">To be deleted</Badge>}{" "}
      {status ? <Badge tone={tones[status]}>{statusWords[status]}</Badge> : <Badge>No subscription</Badge>}
    </>
  );
}

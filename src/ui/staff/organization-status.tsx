import type { SubscriptionStatus } from "#generated/prisma/enums.ts";
import { Badge, type BadgeTone } from "../badge.tsx";

export const statusWords: Record<SubscriptionStatus, string> = {
  trialing: "Trial",
  active: "Active",
  pastDue: "Past due",
  canceled: "Canceled",
};
const tones: Record<SubscriptionStatus, BadgeTone> = { trialing: "neutral", active: "ok", pastDue: "warn", canceled: "bad" };

/** Suspended before all else, then how the subscription stands. */
export function OrganizationStatus({ status, suspended }: { status: SubscriptionStatus | null; suspended: boolean }) {
  return (
    <>
      {suspended && <Badge tone="bad">Suspended</Badge>}{" "}
      {status ? <Badge tone={tones[status]}>{statusWords[status]}</Badge> : <Badge>No subscription</Badge>}
    </>
  );
}

import { Badge } from "../badge.tsx";

export type ImpersonationState = "open" | "ended" | "expired";

export function ImpersonationStateBadge({ state }: { state: ImpersonationState }) {
  return <Badge tone={state === "open" ? "warn" : "neutral"}>{state}</Badge>;
}

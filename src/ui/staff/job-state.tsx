import { Badge, type BadgeTone } from "../badge.tsx";

const tones: Record<string, BadgeTone> = { retry: "warn", active: "ok", failed: "bad" };

export function JobStateBadge({ state, stateTitle }: { state: string; stateTitle: string }) {
  return <Badge tone={tones[state] ?? "neutral"}>{stateTitle}</Badge>;
}

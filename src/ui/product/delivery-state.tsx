import { Badge } from "../badge.tsx";

type State = "pending" | "delivered" | "failed";

const shown = {
  pending: { tone: "warn", words: "being delivered" },
  delivered: { tone: "ok", words: "delivered" },
  failed: { tone: "bad", words: "given up" },
} as const;

export function DeliveryState({ state, attempts }: { state: State; attempts: number }) {
  const { tone, words } = shown[state];
  return <Badge tone={tone}>{state === "pending" && attempts > 0 ? "failed, to be tried again" : words}</Badge>;
}

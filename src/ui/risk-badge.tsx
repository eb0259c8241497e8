import type { OperationLink } from "#router/describe-operations.ts";
import { Badge } from "./badge.tsx";

const tones = { routine: "neutral", risky: "warn", critical: "bad" } as const;

export function RiskBadge({ risk }: { risk: OperationLink["risk"] }) {
  return <Badge tone={tones[risk]}>{risk}</Badge>;
}

import type { MonitorStatus } from "#router/monitor-status.ts";
import { Badge, type BadgeTone } from "../badge.tsx";

const tones: Record<MonitorStatus, BadgeTone> = { waiting: "neutral", paused: "neutral", up: "ok", late: "warn", down: "bad" };

export function MonitorStatusBadge({ status }: { status: MonitorStatus }) {
  return <Badge tone={tones[status]}>{status}</Badge>;
}

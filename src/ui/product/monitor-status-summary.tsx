import { plural } from "#lib/text.ts";
import type { MonitorStatus } from "#router/monitor-status.ts";
import { Message } from "../message.tsx";

const words: Record<Exclude<MonitorStatus, "up">, string> = {
  down: "down",
  late: "late",
  waiting: "waiting for the first ping",
  paused: "paused",
};

/** All monitors in one sentence. */
export function MonitorStatusSummary({ monitors }: { monitors: readonly { status: MonitorStatus }[] }) {
  const count = (status: MonitorStatus) => monitors.filter((monitor) => monitor.status === status).length;
  if (monitors.length === 0) return null;
  if (count("up") === monitors.length) return <Message tone="success">{`All is well: ${plural(monitors.length, "monitor")} up.`}</Message>;
  const others = (Object.keys(words) as (keyof typeof words)[]).filter((status) => count(status) > 0);
  const sentence = [...others.map((status) => `${count(status)} ${words[status]}`), `${count("up")} up`].join(", ");
  return <Message tone={count("down") > 0 ? "error" : "notice"}>{`Of ${plural(monitors.length, "monitor")}: ${sentence}.`}</Message>;
}

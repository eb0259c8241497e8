import { z } from "zod";
import { text } from "#lib/text.ts";

const minutes = (title: string, min: number, max: number) =>
  z
    .int("Enter a whole number of minutes.")
    .min(min, `At least ${min}.`)
    .max(max, `At most ${max.toLocaleString("en-GB")}.`)
    .meta({ title });

/** What a customer decides about a monitor. */
export const monitorFields = {
  name: text({ max: 100 }).meta({ title: "Name" }),
  intervalMinutes: minutes("Expected every … minutes", 1, 44_640),
  graceMinutes: minutes("Grace in minutes", 0, 1_440),
};

export type MonitorStatus = "new" | "up" | "late" | "down";

/** Late after the interval, down after the grace on top of it; new until the first ping. */
export function monitorStatus({
  lastPingAt,
  intervalSeconds,
  graceSeconds,
  now = new Date(),
}: {
  lastPingAt: Date | null;
  intervalSeconds: number;
  graceSeconds: number;
  now?: Date;
}): MonitorStatus {
  if (!lastPingAt) return "new";
  const seconds = (now.getTime() - lastPingAt.getTime()) / 1000;
  if (seconds <= intervalSeconds) return "up";
  return seconds <= intervalSeconds + graceSeconds ? "late" : "down";
}

import type { StaffRole } from "#generated/prisma/enums.ts";

/** Who is told of alarms: staff with this role, their own or included in another. */
export const alarmRole = "engineering" satisfies StaffRole;

/** Where staff see what was changed from outside the application; whole days, in UTC. */
export function outsideChangesPath(days?: { from: Date; to: Date }): string {
  const range = days && { from: utcDay(days.from), to: utcDay(days.to) };
  return `/admin/audit?${new URLSearchParams({ operation: "database.write", ...range })}`;
}

function utcDay(time: Date): string {
  return time.toISOString().slice(0, 10);
}

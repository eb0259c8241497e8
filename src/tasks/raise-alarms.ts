import { raiseUnattributedWriteAlarm } from "#server/audit/raise-unattributed-write-alarm.ts";
import type { PeriodicTask } from "./task.ts";

/** However much there is in a minute, it is one alarm. */
export const raiseAlarmsTask: PeriodicTask = { name: "raise alarms", everySeconds: 60, run: raiseUnattributedWriteAlarm };

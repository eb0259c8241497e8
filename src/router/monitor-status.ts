import type { monitorStatus } from "#domain/monitors.ts";

/** What a page shows of a monitor; the rule is the domain's. */
export type MonitorStatus = ReturnType<typeof monitorStatus>;

import { lookAtDueMonitors } from "#server/monitors/look-at-due-monitors.ts";
import type { PeriodicTask } from "./task.ts";

const atOnce = 50;
const mostBatches = 40;

/** Finds what is late, down or up again. */
export const watchMonitorsTask: PeriodicTask = {
  name: "watch monitors",
  everySeconds: 2,
  async run() {
    for (let batch = 0; batch < mostBatches; batch += 1) if ((await lookAtDueMonitors(atOnce)) < atOnce) return;
  },
};

import { pruneHistory } from "#server/monitors/prune-history.ts";
import type { PeriodicTask } from "./task.ts";

const page = { monitors: 100, rows: 200 };
const pagesPerRound = 20;
// Where the next round goes on. Another worker, or the same one started anew, begins at the first monitor: nothing is lost.
let after = "";

/** Deletes what organizations do not keep any longer, some monitors in each round. */
export const pruneHistoryTask: PeriodicTask = {
  name: "prune history",
  everySeconds: 15,
  async run() {
    for (let count = 0; count < pagesPerRound; count += 1) {
      const { lastMonitorId } = await pruneHistory({ after, ...page });
      after = lastMonitorId ?? "";
      if (!lastMonitorId) return;
    }
  },
};

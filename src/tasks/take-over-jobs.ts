import { takeOverJobs } from "#server/jobs/take-over.ts";
import type { PeriodicTask } from "./task.ts";

export const takeOverJobsTask: PeriodicTask = {
  name: "take over the jobs of dead workers",
  everySeconds: 2,
  run: async () => void (await takeOverJobs()),
};

import { concludeOneImpersonation } from "#server/conclude-impersonation.ts";
import type { PeriodicTask } from "./task.ts";

const mostInARound = 200;

/** Tells customers afterwards that somebody of the staff was there. */
export const concludeImpersonationsTask: PeriodicTask = {
  name: "conclude impersonations",
  everySeconds: 3,
  async run() {
    for (let count = 0; count < mostInARound; count += 1) if (!(await concludeOneImpersonation())) return;
  },
};

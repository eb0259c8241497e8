import { z } from "zod";
import { plural } from "#lib/text.ts";
import { AppError } from "#server/errors.ts";
import { jobTitle, stateTitles } from "#server/jobs/describe-job.ts";
import { cancelJob } from "#server/jobs/settle-job.ts";
import { defineOperation } from "#server/operation.ts";

export const jobCancel = defineOperation({
  name: "job.cancel",
  title: "Cancel",
  description: "No worker takes the job any more. What waited for it is told that it does not come.",
  target: "Job",
  allow: { operations: true },
  risk: "risky",
  input: z.strictObject({}),
  unavailable({ queue, state }) {
    if (state === "active")
      return "A worker is at it right now, and what it has begun cannot be called back. Cancel it if it comes to wait for another try.";
    if (state !== "created" && state !== "retry") return `It is ${stateTitles[state]}: nothing of it is left to cancel.`;
    // The ledger would wait for ever, or say that nothing happened where an answer was only lost.
    if (queue === "stripe")
      return "Stripe may have done it already although its answer was lost. It is asked until it says what became of it.";
    if (queue === "bulk") return "Stop the bulk run on its own page; then it can be resumed.";
    return null;
  },
  summary: ({ target }) =>
    `Cancel “${jobTitle(target)}”: it was ${stateTitles[target.state]} after ${plural(target.attempts, "attempt")}, and no worker takes it now`,
  consequences: ({ target }) => [consequenceOf[target.queue] ?? "Nothing comes of it."],
  inverse: ({ targetId }) => ({ operation: "job.retry", targetId }),
  next: ({ jobId }) => `/admin/jobs/${jobId}`,
  async run({ db, target }) {
    const cancelled = await cancelJob(db, target);
    if (!cancelled) throw new AppError("CONFLICT", { userMessage: "A worker took it a moment ago." });
    return { jobId: target.id };
  },
});

const consequenceOf: Record<string, string> = {
  mail: "The mail is not sent.",
  account: "Whoever waits for this mail does not get it, and can ask for it again.",
  webhook: "The webhook is not delivered.",
  export: "The export is given up; the customer is shown that it failed, and can ask for it again.",
  stripeEvent: "What Stripe told of is seen with its next news, or when billing is compared.",
  reconciliation: "Billing is compared with Stripe again within hours, or with Stripe’s next news.",
};

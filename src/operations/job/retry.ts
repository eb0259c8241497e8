import { z } from "zod";
import { plural } from "#lib/text.ts";
import { AppError } from "#server/errors.ts";
import { jobTitle, stateTitles } from "#server/jobs/describe-job.ts";
import { tryJobAgain } from "#server/jobs/settle-job.ts";
import { defineOperation } from "#server/operation.ts";

export const jobRetry = defineOperation({
  name: "job.retry",
  title: "Try again",
  description: "A worker takes the job once more, at once: one that failed, or that somebody cancelled.",
  target: "Job",
  allow: { operations: true },
  risk: "routine",
  input: z.strictObject({}),
  unavailable: ({ state }) =>
    state === "failed" || state === "cancelled" ? null : `It is ${stateTitles[state]}. Only what failed or was cancelled is tried again.`,
  summary: ({ target }) =>
    `Try “${jobTitle(target)}” again: it was ${stateTitles[target.state]} after ${plural(target.attempts, "attempt")}, and waits for a worker now`,
  consequences: ({ target }) => [
    "One attempt follows at once. If it fails, the job is failed again.",
    ...(target.queue === "mail" && target.attempts > 0
      ? ["If an attempt got through although it looked failed, the mail arrives twice."]
      : []),
  ],
  next: ({ jobId }) => `/admin/jobs/${jobId}`,
  async run({ db, target }) {
    const refusal = await tryJobAgain(db, target);
    if (refusal) throw new AppError("CONFLICT", { userMessage: refusal });
    return { jobId: target.id };
  },
});

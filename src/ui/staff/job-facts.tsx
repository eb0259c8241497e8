import type { ShownJob } from "#router/staff/jobs.ts";
import { Facts } from "../facts.tsx";
import { ProgressBar } from "../progress-bar.tsx";
import { Time } from "../time.tsx";
import { JobStateBadge } from "./job-state.tsx";

/** What has become of a job so far. */
export function JobFacts({ job }: { job: ShownJob }) {
  const waits = job.state === "created" || job.state === "retry";
  return (
    <Facts
      facts={{
        State: <JobStateBadge {...job} />,
        Progress: job.total ? <ProgressBar label="Done" {...job} /> : null,
        Attempts: `${job.attempts} of ${job.mostAttempts}`,
        "Next try": waits ? <Time value={job.startAfter} /> : null,
        [job.state === "completed" ? "Last error" : "Error"]: job.message,
        "Last begun": job.startedAt && <Time value={job.startedAt} />,
        "Last sign of life": job.state === "active" ? <Time value={job.heartbeatAt} /> : null,
        Over: job.completedAt && <Time value={job.completedAt} />,
      }}
    />
  );
}

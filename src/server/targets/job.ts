import { jobTitle } from "../jobs/describe-job.ts";
import { findJob, lockJob } from "../jobs/find-job.ts";
import { defineTarget } from "./define-target.ts";

export const jobTarget = defineTarget({
  title: "Job",
  find: (db, { id }: { id: string; AND?: unknown }) => findJob(db, id),
  lock: lockJob,
  label: (row) => (row.organizationName ? `${jobTitle(row)} (${row.organizationName})` : jobTitle(row)),
  organizationId: (row) => row.organizationId,
  phrase: (row) => row.queue,
  path: (row) => `/admin/jobs/${row.id}`,
});

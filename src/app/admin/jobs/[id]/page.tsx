import type { Metadata } from "next";
import { Facts } from "#ui/facts.tsx";
import { Id } from "#ui/id.tsx";
import { OperationLinks } from "#ui/operation-links.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { JobFacts } from "#ui/staff/job-facts.tsx";
import { JobProgress } from "#ui/staff/job-progress.tsx";
import { Still } from "#ui/still.tsx";
import { Time } from "#ui/time.tsx";
import { staffPage } from "../../staff-page.tsx";

export const metadata: Metadata = { title: "Job" };

export default staffPage("/admin/jobs/[id]", async ({ staff, params: { id } }) => {
  const { job, operations } = await staff.jobs.get({ id });
  return (
    <>
      <PageHeader crumbs={[{ label: "Jobs", path: "/admin/jobs" }]} title={job.title} />
      {job.isOver ? (
        <JobFacts job={job} />
      ) : (
        <JobProgress id={job.id}>
          <JobFacts job={job} />
        </JobProgress>
      )}
      <Still as="div">
        <Facts
          facts={{
            Queue: <a href={`/admin/jobs?queue=${job.queue}`}>{job.queueTitle}</a>,
            "Asked for": <Time value={job.createdAt} />,
            "Caused by": job.eventId && (
              <a href={`/admin/runs/${job.eventId}`}>
                <Id>{job.eventId}</Id>
              </a>
            ),
            Organization: job.organizationId && (
              <a href={`/admin/organizations/${job.organizationId}`}>{job.organizationName ?? job.organizationId}</a>
            ),
            Id: <Id>{job.id}</Id>,
          }}
        />
        <h2>Operations</h2>
        <OperationLinks operations={operations} targetId={job.id} />
      </Still>
    </>
  );
});

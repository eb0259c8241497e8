import type { ShownJob } from "#router/staff/jobs.ts";
import { DataTable } from "../data-table.tsx";
import { ProgressBar } from "../progress-bar.tsx";
import { Age } from "../time.tsx";
import { JobStateBadge } from "./job-state.tsx";

type Props = { rows: readonly ShownJob[]; label?: string; ofOne?: boolean };

/** `ofOne`: all of one customer, so that nobody has to say whose. */
export function JobTable({ rows, label = "Jobs", ofOne = false }: Props) {
  return (
    <DataTable label={label} columns={["Job", "State", "Attempts", "Asked for", "Next try", ...(ofOne ? [] : ["Organization"]), "Error"]}>
      {rows.map((job) => (
        <tr key={job.id}>
          <td>
            <a href={`/admin/jobs/${job.id}`}>{job.title}</a>
          </td>
          <td>
            <JobStateBadge {...job} /> {job.state === "active" && <ProgressBar label="Done" {...job} />}
          </td>
          <td className="nowrap">
            {job.attempts} of {job.mostAttempts}
          </td>
          <td>
            <Age value={job.createdAt} />
          </td>
          <td>{(job.state === "created" || job.state === "retry") && <Age value={job.startAfter} />}</td>
          {!ofOne && <td>{job.organizationName && <a href={`/admin/organizations/${job.organizationId}`}>{job.organizationName}</a>}</td>}
          <td className="wide">{job.state !== "completed" && shorten(job.message)}</td>
        </tr>
      ))}
    </DataTable>
  );
}

function shorten(message: string | null): string | null {
  return message && message.length > 120 ? `${message.slice(0, 120)}…` : message;
}

"use client";

import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect, useState } from "react";
import type { ShownJob } from "#router/staff/jobs.ts";
import { JobFacts } from "./job-facts.tsx";
import { queryClient, trpc } from "./staff-client.ts";

/** What becomes of a job that is not over, asked again every two seconds; `children` until the first answer. */
export function JobProgress({ id, children }: { id: string; children: ReactNode }) {
  const [inBrowser, setInBrowser] = useState(false);
  useEffect(() => setInBrowser(true), []);
  const options = { enabled: inBrowser, refetchInterval: 2_000, staleTime: 0 };
  const { data } = useQuery(trpc.jobs.get.queryOptions({ id }, options), queryClient);
  const isOver = data?.job.isOver ?? false;
  // What can be done with it is something else then, and was decided when the page was drawn.
  useEffect(() => {
    if (isOver) window.location.reload();
  }, [isOver]);
  return (
    <div role="status">
      {data ? <JobFacts job={fromJson(data.job)} /> : children}
      <noscript>
        <meta httpEquiv="refresh" content="5" />
      </noscript>
    </div>
  );
}

type Sent = { [Key in keyof ShownJob]: ShownJob[Key] extends Date | null ? ShownJob[Key] | string : ShownJob[Key] };

/** The times come as text. */
function fromJson(job: Sent): ShownJob {
  const time = (value: Date | string | null) => (value === null ? null : new Date(value));
  return {
    ...job,
    createdAt: new Date(job.createdAt),
    startAfter: new Date(job.startAfter),
    startedAt: time(job.startedAt),
    completedAt: time(job.completedAt),
    heartbeatAt: time(job.heartbeatAt),
  };
}

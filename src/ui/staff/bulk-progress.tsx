"use client";

import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect, useState } from "react";
import { BulkCounts } from "./bulk-state.tsx";
import { queryClient, trpc } from "./staff-client.ts";

/** How far a bulk run is, asked again every two seconds; `children` until the first answer. */
export function BulkProgress({ id, children }: { id: string; children: ReactNode }) {
  const [inBrowser, setInBrowser] = useState(false);
  useEffect(() => setInBrowser(true), []);
  const options = { enabled: inBrowser, refetchInterval: 2_000, staleTime: 0 };
  const { data } = useQuery(trpc.bulk.progress.queryOptions({ id }, options), queryClient);
  const works = !data || data.state === "preparing" || data.state === "running";
  // What can be done with it is something else then, and was decided when the page was drawn.
  useEffect(() => {
    if (!works) window.location.reload();
  }, [works]);
  return (
    <div role="status">
      {data ? <BulkCounts {...data} /> : children}
      <noscript>
        <meta httpEquiv="refresh" content="5" />
      </noscript>
    </div>
  );
}

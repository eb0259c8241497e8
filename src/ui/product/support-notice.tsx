"use client";

import { QueryClient, useQuery } from "@tanstack/react-query";
import { createTRPCClient, httpLink } from "@trpc/client";
import { createTRPCOptionsProxy } from "@trpc/tanstack-react-query";
import { useEffect, useState } from "react";
import type { ProductRouter } from "#router/product-router.ts";
import { Message } from "../message.tsx";

const everySeconds = 30;

// Only browsers ask: on the server the query is never enabled, so nothing of one person is kept for another.
const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false, refetchOnWindowFocus: false } } });
const client = createTRPCClient<ProductRouter>({ links: [httpLink({ url: "/api/trpc" })] });
const trpc = createTRPCOptionsProxy<ProductRouter>({ client, queryClient });

type Visit = {
  id: string;
  staffName: string;
  mode: "readOnly" | "write";
  until: string;
  reason: string;
  organizationName: string;
  slug: string;
};

/** Tells people that somebody of the staff is viewing as them: as the page came, and where scripts run every half minute. */
export function SupportNotice({ initial }: { initial: readonly Visit[] }) {
  const [asks, setAsks] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setAsks(true), everySeconds * 1_000);
    return () => clearTimeout(timer);
  }, []);
  const { data } = useQuery(
    trpc.supportAccess.now.queryOptions(undefined, { enabled: asks, refetchInterval: everySeconds * 1_000 }),
    queryClient,
  );
  return (data ?? initial).map(({ id, staffName, mode, until, reason, organizationName, slug }) => (
    <Message key={id} tone="notice">
      <strong>{staffName} of Countersign support</strong> is viewing your account in {organizationName},{" "}
      {mode === "write" ? "and can change data" : "read-only"}, until{" "}
      <time dateTime={until}>{new Date(until).toISOString().slice(11, 16)} UTC</time>. Reason: {reason}.{" "}
      <a href={`/o/${slug}/support-access`}>Support access</a>
    </Message>
  ));
}

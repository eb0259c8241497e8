import { QueryClient } from "@tanstack/react-query";
import { createTRPCClient, httpLink } from "@trpc/client";
import { createTRPCOptionsProxy } from "@trpc/tanstack-react-query";
import type { StaffRouter } from "#router/staff-router.ts";

// Only browsers ask: on the server no query is enabled, so nothing of one person is kept for another.
export const queryClient = new QueryClient({
  defaultOptions: { queries: { staleTime: 30_000, retry: false, refetchOnWindowFocus: false } },
});
const client = createTRPCClient<StaffRouter>({ links: [httpLink({ url: "/admin/api/trpc" })] });

/** The staff area's procedures, for the few parts of its pages that live. */
export const trpc = createTRPCOptionsProxy<StaffRouter>({ client, queryClient });

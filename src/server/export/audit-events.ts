import { searchEvents } from "../audit/search.ts";
import type { Dataset, Row } from "./archive.ts";

export const mostEvents = 100_000;

// Not from where our staff worked, nor which of their sessions it was.
const columns = [
  "id",
  "at",
  "outcome",
  "operation",
  "summary",
  "actorType",
  "actorId",
  "actorLabel",
  "onBehalfOfId",
  "onBehalfOfLabel",
  "targetType",
  "targetId",
  "targetLabel",
  "reason",
  "ticket",
] as const;

/** What happened in the organization, newest first. */
export function auditEvents(organizationId: string): Dataset {
  return { name: "audit-events", columns, batches: readEvents(organizationId) };
}

async function* readEvents(organization: string): AsyncGenerator<Row[]> {
  let after: string | null = null;
  let total = 0;
  do {
    const page: Awaited<ReturnType<typeof searchEvents>> = await searchEvents({ organization, ...(after && { after }) });
    if (page.rows.length > 0) yield page.rows;
    total += page.rows.length;
    after = page.next;
  } while (after && total < mostEvents);
}

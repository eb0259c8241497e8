import { searchEveryEvent } from "../audit/search.ts";
import type { Dataset } from "./archive.ts";

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
  return { name: "audit-events", columns, batches: searchEveryEvent({ organization: organizationId }, mostEvents) };
}

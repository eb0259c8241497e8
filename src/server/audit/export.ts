import type { AuditEvent } from "#generated/prisma/client.ts";
import { countChanges, readChangesOf } from "./exported-changes.ts";
import { type AuditFilters, searchEveryEvent } from "./search.ts";

export const exportFormats = ["csv", "jsonl"] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** Nobody reads more than this; a program that needs everything follows the stream instead. */
export const mostRows = 100_000;

const columns = [
  "id",
  "at",
  "outcome",
  "operation",
  "summary",
  "actorType",
  "actorId",
  "actorLabel",
  "actorRoles",
  "onBehalfOfId",
  "onBehalfOfLabel",
  "organizationId",
  "targetType",
  "targetId",
  "targetLabel",
  "reason",
  "ticket",
  "requestId",
  "sessionId",
  "impersonationId",
  "approvalId",
  "sourceIp",
  "userAgent",
  "metadata",
] as const satisfies (keyof AuditEvent)[];

/** In a table there is no place for the rows themselves: it says how many changed. */
const changedRows = "changedRows";

/**
 * The events that the filters find, newest first, a page of text at a time, however many there are. JSON Lines has the changed rows of
 * each as the audit keeps them: secrets left out, personal data masked.
 */
export async function* exportEvents(filters: Omit<AuditFilters, "after">, format: ExportFormat): AsyncGenerator<string> {
  if (format === "csv") yield `${[...columns, changedRows].join(",")}\r\n`;
  for await (const events of searchEveryEvent(filters, mostRows)) {
    if (format === "csv") yield await csvLines(events);
    else yield* jsonLines(events);
  }
}

async function csvLines(events: readonly AuditEvent[]): Promise<string> {
  const counts = await countChanges(events);
  return events.map((event) => csvLine([...columns.map((column) => event[column]), counts.get(event.id) ?? 0])).join("");
}

function csvLine(cells: readonly unknown[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}

/** Each event on a line, whose list of changes is written as it is read: one event may have more of them than fit into memory. */
async function* jsonLines(events: readonly AuditEvent[]): AsyncGenerator<string> {
  let text = "";
  for await (const { event, changes, begins, ends } of readChangesOf(events)) {
    const listed = changes.map((change) => JSON.stringify(change)).join(",");
    text += `${begins ? beginningOfLine(event) : ","}${listed}${ends ? "]}\n" : ""}`;
    if (text.length < mostText) continue;
    yield text;
    text = "";
  }
  yield text;
}

const mostText = 256 * 1024;

function beginningOfLine(event: AuditEvent): string {
  const fields = JSON.stringify(Object.fromEntries(columns.map((column) => [column, event[column]])));
  return `${fields.slice(0, -1)},"changes":[`;
}

/** Quoted, and never something that a spreadsheet would take for a formula. */
export function csvCell(value: unknown): string {
  const text = textOf(value);
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${harmless.replaceAll('"', '""')}"`;
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.join(" ");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

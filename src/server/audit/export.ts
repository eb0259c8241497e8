import type { AuditEvent } from "#generated/prisma/client.ts";
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

/** The events that the filters find, newest first, a page of text at a time, however many there are. */
export async function* exportEvents(filters: Omit<AuditFilters, "after">, format: ExportFormat): AsyncGenerator<string> {
  if (format === "csv") yield `${columns.join(",")}\r\n`;
  for await (const events of searchEveryEvent(filters, mostRows)) yield events.map(format === "csv" ? csvLine : jsonLine).join("");
}

function jsonLine(event: AuditEvent): string {
  return `${JSON.stringify(Object.fromEntries(columns.map((column) => [column, event[column]])))}\n`;
}

function csvLine(event: AuditEvent): string {
  return `${columns.map((column) => csvCell(event[column])).join(",")}\r\n`;
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

import { pathWith } from "../path-with.ts";

/** The way out for what the filters find, or who may take it. */
export function AuditExport({ path, typed, allowed }: { path: string; typed: Record<string, string>; allowed: boolean }) {
  if (!allowed) return <p className="help">Export as CSV or JSON Lines: needs the role engineering or admin.</p>;
  const { after: _after, ...filters } = typed;
  return (
    <p className="help">
      Export what these filters find, at most 100,000 events; the export is recorded:{" "}
      <a href={pathWith(path, { ...filters, format: "csv" })}>CSV</a> or{" "}
      <a href={pathWith(path, { ...filters, format: "jsonl" })}>JSON Lines</a>
    </p>
  );
}

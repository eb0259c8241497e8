import { arch, cpus, platform } from "node:os";
import type { Measurement } from "./measure.ts";
import type { Finding } from "./plans.ts";
import { tooManyRows } from "./plans.ts";
import type { Samples } from "./samples.ts";

export type ScenarioResult = {
  name: string;
  /** Why there are no times over HTTP. */
  problem: string | null;
  http: Measurement[];
  direct: Measurement[];
  floor: Measurement[];
  counts: { queries: number; statements: number };
  plans: { explained: number; findings: Finding[] };
};
export type Results = {
  scenarios: ScenarioResult[];
  runs: { pipeline: Measurement[]; bare: Measurement[] };
  samples: Samples;
  startedAt: Date;
};

/** The whole result as Markdown, which reads as well on a terminal. */
export function report({ scenarios, runs, samples, startedAt }: Results): string {
  const facts = samples.facts.map(({ table, rows }) => `${table} ${number(rows)}`).join(", ");
  return [
    `# Measured on ${startedAt.toISOString().slice(0, 16).replace("T", " ")} UTC`,
    `PostgreSQL ${samples.version}, Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model.trim() ?? arch()}, ${platform()}. Rows: ${facts}.`,
    "Application, database and clients share this machine. Times in milliseconds; “direct” is the same procedure called without HTTP and rendering; “floor” is the SQL of the same requests through the bare driver.",
    table(
      [
        "",
        "clients",
        "requests",
        "p50",
        "p95",
        "requests/s",
        "bytes",
        "queries",
        "statements",
        "direct p50",
        "direct p95",
        "floor p50",
        "floor p95",
        "floor/s",
      ],
      scenarios.flatMap(scenarioRows),
    ),
    "## One audited run without HTTP",
    table(
      ["", "clients", "runs", "p50", "p95", "runs/s"],
      [
        ...runs.pipeline.map((each) => runRow("runOperation", each)),
        ...runs.bare.map((each) => runRow("BEGIN; INSERT event; UPDATE; COMMIT", each)),
      ],
    ),
    "## Plans",
    `Every captured statement again under EXPLAIN ANALYZE; listed is what reads more than ${number(tooManyRows)} rows of one table.`,
    scenarios.map(describePlans).join("\n"),
  ].join("\n\n");
}

function scenarioRows({ name, problem, http, direct, floor, counts }: ScenarioResult): string[][] {
  if (direct.length === 0) return [[name, "", problem ?? "", ...Array<string>(11).fill("")]];
  return direct.map((straight, index) => {
    const [asked, least] = [http[index], floor[index]];
    return [
      name,
      String(straight.clients),
      ...(asked
        ? [String(asked.count), time(asked.p50), time(asked.p95), rate(asked.perSecond), number(asked.bytes)]
        : [problem ?? "", "", "", "", ""]),
      ...(asked ? [String(counts.queries), String(counts.statements)] : ["", ""]),
      time(straight.p50),
      time(straight.p95),
      ...(least ? [time(least.p50), time(least.p95), rate(least.perSecond)] : ["", "", ""]),
    ];
  });
}

function runRow(name: string, { clients, count, p50, p95, perSecond }: Measurement): string[] {
  return [name, String(clients), String(count), time(p50), time(p95), rate(perSecond)];
}

function describePlans({ name, plans }: ScenarioResult): string {
  if (plans.findings.length === 0) return `- ${name}: none in ${plans.explained} statements`;
  const bySql = Map.groupBy(plans.findings, ({ sql }) => sql.replace(/\s+/g, " ").trim());
  return [`- ${name}:`, ...[...bySql].map(([sql, findings]) => `  - ${describeFindings(findings)}: \`${sql.slice(0, 160)}\``)].join("\n");
}

/** The largest first; the rest are mostly the other months. */
function describeFindings(findings: Finding[]): string {
  const tables = [...new Map(findings.map((finding) => [finding.table, finding])).values()].sort((a, b) => b.rows - a.rows);
  const [largest, ...others] = tables.map(({ table, rows }) => `${number(rows)} rows of ${table}`);
  return others.length > 0 ? `${largest}, and ${others.length} other tables` : (largest ?? "");
}

function table(head: string[], rows: string[][]): string {
  const widths = head.map((title, column) => Math.max(title.length, 3, ...rows.map((row) => (row[column] ?? "").length)));
  const line = (cells: string[]) =>
    `| ${cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join(" | ")} |`;
  return [
    line(head),
    line(widths.map((width, column) => (column === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`))),
    ...rows.map(line),
  ].join("\n");
}

function time(milliseconds: number): string {
  return milliseconds.toFixed(milliseconds < 10 ? 2 : 1);
}

function rate(perSecond: number): string {
  return perSecond.toFixed(perSecond < 10 ? 1 : 0);
}

function number(value: number): string {
  return Math.round(value).toLocaleString("en-GB");
}

import { randomUUID } from "node:crypto";
import { writeFileSync } from "node:fs";
import { arch, cpus, platform } from "node:os";
import { Client } from "pg";
import type { EventInput } from "#server/audit/event.ts";
import { audited, disconnect } from "#server/db.ts";
import { plainPingsStatement } from "#server/ping-statement.ts";
import { type Measurement, measure } from "./measure.ts";
import { type BenchOptions, parseOptions } from "./options.ts";
import { connectRawHttp } from "./raw-http-client.ts";
import { Refusal } from "./refusal.ts";
import { pick } from "./scenarios.ts";
import { startServer } from "./server.ts";
import { prepareSurroundings } from "./surroundings.ts";

type Monitor = { id: string; pingKey: string };
type Row = { name: string } & Measurement;
type Way = { name: string; once: () => Promise<Measurement> };

const organizations = 20;
const monitorsEach = 5;
const rounds = 7;

/** The ping address in production, beside one INSERT through the bare driver: what no application can undercut. */
async function measurePings({ limits, clients: counts }: BenchOptions, environment: Record<string, string | undefined>): Promise<Row[]> {
  const { monitors, remove } = await createMonitors();
  const server = await startServer(environment);
  const rows: Row[] = [];
  try {
    for (const clients of counts) {
      const settings = { clients, limits: { ...limits, seconds: limits.seconds / rounds } };
      const ways: Way[] = [
        { name: "INSERT", once: () => measureStatement(insert, monitors, settings) },
        { name: "INSERT, unawaited", once: () => measureStatement({ ...insert, unawaited: true }, monitors, settings) },
        { name: "Statement", once: () => measureStatement(ping, monitors, settings) },
        { name: "Ping", once: () => measureRequests(monitors, server.origin, settings) },
      ];
      rows.push(...(await inTurns(ways)));
    }
  } finally {
    await server.stop();
    await remove();
  }
  return rows;
}

/** All in turns and more than once, so that a busy moment of the machine meets each of them; of each the median. */
async function inTurns(ways: Way[]): Promise<Row[]> {
  const found: Row[] = [];
  for (let round = 0; round < rounds; round += 1) for (const { name, once } of ways) found.push({ name, ...(await once()) });
  return ways.flatMap(({ name }) => {
    const sorted = found.filter((row) => row.name === name).sort((a, b) => a.perSecond - b.perSecond);
    return sorted.slice(Math.floor(rounds / 2)).slice(0, 1);
  });
}

type Settings = Pick<BenchOptions, "limits"> & { clients: number };

async function measureRequests(monitors: Monitor[], origin: string, settings: Settings): Promise<Measurement> {
  const connections = await Promise.all(Array.from({ length: settings.clients }, () => connectRawHttp(origin)));
  try {
    return await measure(async (index, client) => {
      const { status, bytes } = await pick(connections, client).get(`/ping/${pick(monitors, index).pingKey}`);
      if (status !== 200) throw new Error(`A ping was answered with ${status}.`);
      return bytes;
    }, settings);
  } finally {
    for (const connection of connections) connection.close();
  }
}

/** `unawaited`: answered before the disk has it, as pings are. */
type Statement = { text: string; values: (monitor: Monitor) => (string | string[])[]; unawaited?: boolean };

const insert: Statement = { text: `INSERT INTO "Ping" ("monitorId") VALUES ($1)`, values: ({ id }) => [id] };
const ping: Statement = { text: plainPingsStatement, values: ({ pingKey }) => [[pingKey], ["success"]], unawaited: true };

async function measureStatement(
  { text, values, unawaited = false }: Statement,
  monitors: Monitor[],
  settings: Settings,
): Promise<Measurement> {
  const connectionString = process.env.DATABASE_URL ?? "";
  const connections = await Promise.all(
    Array.from({ length: settings.clients }, async () => {
      const options = `-c plan_cache_mode=force_generic_plan -c synchronous_commit=${unawaited ? "off" : "on"}`;
      const connection = new Client({ connectionString, options });
      await connection.connect();
      return connection;
    }),
  );
  try {
    return await measure(async (index, client) => {
      await pick(connections, client).query({ name: "statement", text, values: values(pick(monitors, index)) });
      return 0;
    }, settings);
  } finally {
    await Promise.all(connections.map((connection) => connection.end()));
  }
}

/** Organizations of our own, without a limit that would matter, which go when all is measured. */
async function createMonitors() {
  const created = await audited(event("Create monitors to ping"), async (db) => {
    const planId = `bench-${randomUUID()}`;
    const limits = { monitors: monitorsEach, seats: 1, pingsPerMinute: 100_000_000, historyDays: 1, trialDays: 0 };
    await db.plan.create({ data: { id: planId, name: "Benchmark", ...limits } });
    const found: { id: string; monitors: Monitor[] }[] = [];
    for (let index = 0; index < organizations; index += 1) {
      const organization = await db.organization.create({
        data: {
          name: "Benchmark",
          slug: `bench-${randomUUID()}`,
          subscription: { create: { planId, status: "active", seats: 1 } },
          monitors: {
            create: Array.from({ length: monitorsEach }, () => ({
              name: "Benchmark",
              intervalSeconds: 86_400,
              graceSeconds: 3_600,
              state: "up" as const,
              nextCheckAt: null,
            })),
          },
        },
        select: { id: true, monitors: { select: { id: true, pingKey: true } } },
      });
      found.push(organization);
    }
    return { planId, found };
  });
  const remove = () =>
    audited(event("Remove what was pinged"), async (db) => {
      await db.organization.deleteMany({ where: { id: { in: created.found.map(({ id }) => id) } } });
      await db.plan.delete({ where: { id: created.planId } });
    });
  return { monitors: created.found.flatMap(({ monitors }) => monitors), remove };
}

function event(summary: string): EventInput {
  const actor = { type: "system", id: "benchmark", label: "Benchmark" } as const;
  const context = { actor, onBehalfOf: null, impersonation: null, requestId: "benchmark", sourceIp: null, userAgent: null };
  return { context, operation: "benchmark.ping", outcome: "succeeded", summary };
}

function report(rows: Row[]): string {
  const lines = rows.map(({ name, clients, count, p50, p95, perSecond }) => {
    const floor = rows.find((row) => row.name === "INSERT" && row.clients === clients);
    const share = floor ? `${Math.round((100 * perSecond) / floor.perSecond)} %` : "";
    return `| ${name} | ${clients} | ${count} | ${p50.toFixed(2)} | ${p95.toFixed(2)} | ${perSecond.toFixed(0)} | ${share} |`;
  });
  return [
    `Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model.trim() ?? arch()}, ${platform()}; ${organizations * monitorsEach} monitors of ${organizations} organizations. Application, database and clients share this machine; times in milliseconds.`,
    "",
    "| | clients | requests | p50 | p95 | a second | of the floor |",
    "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ...lines,
  ].join("\n");
}

for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));

try {
  const options = parseOptions(["--requests", "10000", ...process.argv.slice(2)], process.env);
  const surroundings = await prepareSurroundings(options);
  try {
    const text = report(await measurePings(options, surroundings.environment));
    console.log(text);
    if (options.output) writeFileSync(options.output, `${text}\n`);
  } finally {
    await disconnect();
    await surroundings.stop();
  }
} catch (error) {
  console.error(error instanceof Refusal ? error.message : error);
  process.exitCode = 1;
}

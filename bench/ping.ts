import { randomUUID } from "node:crypto";
import { writeFileSync } from "node:fs";
import { arch, cpus, platform } from "node:os";
import { Client } from "pg";
import type { EventInput } from "#server/audit/event.ts";
import { audited, disconnect } from "#server/db.ts";
import { createHttpClient } from "./http-client.ts";
import { type Measurement, measure } from "./measure.ts";
import { type BenchOptions, parseOptions } from "./options.ts";
import { Refusal } from "./refusal.ts";
import { pick } from "./scenarios.ts";
import { startServer } from "./server.ts";
import { prepareSurroundings } from "./surroundings.ts";

type Monitor = { id: string; pingKey: string };
type Row = { name: string } & Measurement;

const organizations = 20;
const monitorsEach = 5;

/** The ping address in production, beside one INSERT through the bare driver: what no application can undercut. */
async function measurePings({ limits, clients: counts }: BenchOptions, environment: Record<string, string | undefined>): Promise<Row[]> {
  const { monitors, remove } = await createMonitors();
  const server = await startServer(environment);
  const rows: Row[] = [];
  try {
    for (const clients of counts) {
      rows.push({ name: "INSERT", ...(await measureInserts(monitors, environment.DATABASE_URL ?? "", { clients, limits })) });
      rows.push({ name: "Ping", ...(await measureRequests(monitors, server.origin, { clients, limits })) });
    }
  } finally {
    await server.stop();
    await remove();
  }
  return rows;
}

type Settings = Pick<BenchOptions, "limits"> & { clients: number };

async function measureRequests(monitors: Monitor[], origin: string, settings: Settings): Promise<Measurement> {
  const client = createHttpClient({ origin, cookie: "" });
  try {
    return await measure(async (index) => {
      const { status, bytes } = await client.ask({ path: `/ping/${pick(monitors, index).pingKey}` });
      if (status !== 200) throw new Error(`A ping was answered with ${status}.`);
      return bytes;
    }, settings);
  } finally {
    client.close();
  }
}

async function measureInserts(monitors: Monitor[], connectionString: string, settings: Settings): Promise<Measurement> {
  const connections = await Promise.all(
    Array.from({ length: settings.clients }, async () => {
      const connection = new Client({ connectionString });
      await connection.connect();
      return connection;
    }),
  );
  const text = `INSERT INTO "Ping" ("monitorId") VALUES ($1)`;
  try {
    return await measure(async (index, client) => {
      await pick(connections, client).query({ name: "ping", text, values: [pick(monitors, index).id] });
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

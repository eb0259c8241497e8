import { type ChildProcess, fork } from "node:child_process";
import { writeFileSync } from "node:fs";
import { arch, cpus, platform } from "node:os";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { Client } from "pg";
import { trialExtended } from "#domain/mails/trial-extended.ts";
import { getOperation } from "#router/registry.ts";
import { disconnect, transaction } from "#server/db.ts";
import { mail } from "#server/effects/mail.ts";
import { sendJobs, stopSender } from "#server/jobs/boss.ts";
import type { AnyOperation } from "#server/operation.ts";
import { runOperation } from "#server/run-operation.ts";
import { makeOrganization, makeStaff } from "#testing/fixtures.ts";
import { withThrowawayDatabase } from "../dev/throwaway-database.ts";
import { migrate } from "../prisma/migrate.ts";
import { bareEnvironment } from "./bare-environment.ts";
import { loads } from "./loads.ts";
import { type Measurement, measure } from "./measure.ts";
import { contextOf } from "./runs.ts";
import { newName } from "./scenarios.ts";

const { values } = parseArgs({
  options: {
    jobs: { type: "string", default: "5000" },
    runs: { type: "string", default: "400" },
    old: { type: "string", default: "100000" },
    output: { type: "string" },
  },
});
const [jobs, runs, old] = [Number(values.jobs), Number(values.runs), Number(values.old)];
const rounds = 5;

const oldJobsSql = `INSERT INTO pgboss.job (name, data, state, created_on, started_on, completed_on, policy)
  SELECT 'mail', '{"payload": {"mail": "trialExtended"}, "origin": {"eventId": "evt_old", "organizationId": "org_old"}}', 'completed',
    now() - n * interval '1 s', now() - n * interval '1 s', now(), 'standard' FROM generate_series(1, $1::int) n`;

for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));

await withThrowawayDatabase(async ({ ownerUrl, appUrl, readerUrl }) => {
  await migrate(ownerUrl);
  Object.assign(process.env, bareEnvironment({ appUrl, readerUrl }));
  const database = new Client({ connectionString: appUrl });
  await database.connect();
  try {
    // Makes the queues, so that old jobs can be put into one.
    await send(1);
    await database.query(oldJobsSql, [old]);
    const text = [
      `Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model.trim() ?? arch()}, ${platform()}; ${old.toLocaleString("en-GB")} jobs are in the table already. Load average before: ${loads()}.`,
      "",
      ...(await measureThroughput(database)),
      "",
      ...(await measureEffect()),
      "",
      `Load average after: ${loads()}.`,
    ].join("\n");
    console.log(text);
    if (values.output) writeFileSync(values.output, `${text}\n`);
  } finally {
    await stopSender();
    await disconnect();
    await database.end();
  }
});

async function measureThroughput(database: Client): Promise<string[]> {
  const lines = ["| workers | jobs | seconds | jobs/s |", "| ---: | ---: | ---: | ---: |"];
  for (const workers of [1, 2]) {
    await database.query(`DELETE FROM pgboss.job WHERE name = 'bulk' AND state < 'completed'`);
    const children = await Promise.all(Array.from({ length: workers }, startWorker));
    const { rows: begun } = await database.query("SELECT clock_timestamp() AS at");
    await send(jobs);
    await untilDone(database);
    const { rows } = await database.query(
      `SELECT extract(epoch FROM max(completed_on) - min(started_on))::float8 AS seconds FROM pgboss.job WHERE name = 'bulk' AND created_on >= $1`,
      [begun[0].at],
    );
    for (const child of children) child.disconnect();
    lines.push(`| ${workers} | ${jobs} | ${rows[0].seconds.toFixed(1)} | ${(jobs / rows[0].seconds).toFixed(0)} |`);
  }
  return lines;
}

async function send(count: number): Promise<void> {
  const job = { data: { payload: {}, origin: { eventId: "evt_bench", requestId: "bench", organizationId: null, actedBy: null } } };
  for (let sent = 0; sent < count; sent += 500)
    await transaction((db) =>
      sendJobs(
        db,
        "bulk",
        Array.from({ length: Math.min(500, count - sent) }, () => job),
      ),
    );
}

async function untilDone(database: Client): Promise<void> {
  for (;;) {
    const { rows } = await database.query(`SELECT 1 FROM pgboss.job WHERE name = 'bulk' AND state < 'completed' LIMIT 1`);
    if (rows.length === 0) return;
    await wait(100);
  }
}

async function startWorker(): Promise<ChildProcess> {
  const child = fork(new URL("./queue-worker.ts", import.meta.url).pathname, { execArgv: ["--conditions=react-server"] });
  await new Promise((ready) => child.once("message", ready));
  return child;
}

/** The same run with and without one effect, in turns, so that a busy moment of the machine meets both. */
async function measureEffect(): Promise<string[]> {
  const world = await makeOrganization();
  const rename = getOperation("organization.rename");
  const letter = mail(trialExtended, {
    to: { email: "somebody@customer.example", name: "Somebody" },
    data: { organizationName: world.name, trialEndsAt: "2027-03-12T23:59:59Z" },
  });
  const renameAndTell: AnyOperation = {
    ...rename,
    run(given) {
      given.effect(letter);
      return rename.run(given);
    },
  };
  const context = contextOf(await makeStaff("operations"));
  const once = (operation: AnyOperation) =>
    measure(
      async () => {
        const envelope = { targetId: world.id, input: { name: newName() }, reason: "A measurement" };
        await runOperation({ operation, context, ability: context.ability, envelope });
        return 0;
      },
      { clients: 1, limits: { requests: runs, seconds: 30 } },
    );
  const found: { without: Measurement; withOne: Measurement }[] = [];
  for (let round = 0; round < rounds; round += 1) found.push({ without: await once(rename), withOne: await once(renameAndTell) });
  const median = (of: (round: (typeof found)[number]) => number) => found.map(of).sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? 0;
  const row = (name: string, key: "without" | "withOne") =>
    `| ${name} | ${rounds * runs} | ${median((round) => round[key].p50).toFixed(2)} | ${median((round) => round[key].p95).toFixed(2)} |`;
  return [
    "| audited run | runs | p50 | p95 |",
    "| --- | ---: | ---: | ---: |",
    row("without an effect", "without"),
    row("with one effect", "withOne"),
    "",
    `With one effect a run takes ${median(({ without, withOne }) => withOne.p50 / without.p50).toFixed(2)} times as long (median of ${rounds} rounds, of the p50).`,
  ];
}

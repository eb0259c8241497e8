import { createStaffCaller } from "#router/staff-router.ts";
import { type Capture, capture, countStatements } from "./capture.ts";
import { startDatabaseProxy, throughProxy } from "./database-proxy.ts";
import { measureFloor, type Roles } from "./floor.ts";
import { createHttpClient, type HttpClient } from "./http-client.ts";
import { type Measurement, measure } from "./measure.ts";
import type { BenchOptions } from "./options.ts";
import { findLargeScans } from "./plans.ts";
import type { Results, ScenarioResult } from "./report.ts";
import { contextOf, measureBareRuns, measureRuns } from "./runs.ts";
import { drawSamples } from "./samples.ts";
import { collectCursors, createScenarios, type Scenario } from "./scenarios.ts";
import { startServer } from "./server.ts";
import { createStaffSession, type StaffSession } from "./staff-session.ts";

type Environment = Record<string, string | undefined>;
type Caller = ReturnType<typeof createStaffCaller>;
type Bench = { options: BenchOptions; environment: Environment; session: StaffSession; caller: Caller; roles: Roles };

export async function runBenchmark(options: BenchOptions, environment: Environment): Promise<Results> {
  const startedAt = new Date();
  const { DATABASE_URL: appUrl = "", DATABASE_READER_URL: readerUrl = "" } = environment;
  const samples = await drawSamples(readerUrl);
  const session = await createStaffSession();
  const caller = createStaffCaller(contextOf(session.actor));
  const roles = new Map([appUrl, readerUrl].map((url) => [decodeURIComponent(new URL(url).username), url]));
  const bench = { options, environment, session, caller, roles };
  try {
    const scenarios = createScenarios(samples, await collectCursors(caller, 40));
    const captures = await captureAll(bench, scenarios);
    const results = await measureAll(bench, captures);
    const situation = { actor: session.actor, organizations: samples.organizations };
    const pipeline = await eachOf(options, (load) => measureRuns({ ...situation, ...load }));
    const bare = await eachOf(options, (load) => measureBareRuns({ ...situation, ...load }, appUrl));
    return { scenarios: results, runs: { pipeline, bare }, samples, startedAt };
  } finally {
    await session.end();
  }
}

/** With one server of its own, because the proxy that counts would also slow down. */
async function captureAll({ environment, session }: Bench, scenarios: Scenario[]): Promise<Map<Scenario, Capture>> {
  const { DATABASE_URL = "", DATABASE_READER_URL = "" } = environment;
  const proxy = await startDatabaseProxy(new URL(DATABASE_URL));
  const proxied = {
    ...environment,
    DATABASE_URL: throughProxy(DATABASE_URL, proxy),
    DATABASE_READER_URL: throughProxy(DATABASE_READER_URL, proxy),
  };
  try {
    return await withClient(proxied, session, async (client) => {
      const captures = new Map<Scenario, Capture>();
      for (const scenario of scenarios) captures.set(scenario, await capture(scenario, client, proxy));
      return captures;
    });
  } finally {
    await proxy.close();
  }
}

function measureAll(bench: Bench, captures: Map<Scenario, Capture>): Promise<ScenarioResult[]> {
  return withClient(bench.environment, bench.session, async (client) => {
    const results: ScenarioResult[] = [];
    await warmUp(client, [...captures.keys()]);
    for (const [scenario, captured] of captures) {
      console.log(`Measuring: ${scenario.name} …`);
      results.push(await measureScenario(bench, scenario, { client, captured }));
    }
    return results;
  });
}

// A process that has just begun takes three times as long for its first hundred requests of a kind as for its thousandth.
const warmUpRequests = 10_000;

/** Requests of every kind, before anything is measured. */
async function warmUp(client: HttpClient, scenarios: readonly Scenario[]): Promise<void> {
  console.log(`Warming up: ${warmUpRequests} requests …`);
  const ask = (index: number) => askFor(client, scenarios[index % scenarios.length] as Scenario, index).catch(() => 0);
  await measure(ask, { clients: 8, limits: { requests: warmUpRequests, seconds: 300 } });
}

async function measureScenario(
  { options, caller, roles }: Bench,
  scenario: Scenario,
  { client, captured }: { client: HttpClient; captured: Capture },
): Promise<ScenarioResult> {
  const { problem } = captured;
  const replayable = !problem && !scenario.changes;
  const callDirectly = (index: number) => scenario.call(caller, index).then(() => 0);
  return {
    name: scenario.name,
    problem,
    http: problem ? [] : await eachOf(options, (load) => measure((index) => askFor(client, scenario, index), load)),
    direct: await eachOf(options, (load) => measure(callDirectly, load)).catch(() => []),
    floor: replayable ? await eachOf(options, (load) => measureFloor(captured, roles, load)) : [],
    counts: countStatements(captured),
    plans: await findLargeScans(captured, roles),
  };
}

async function askFor(client: HttpClient, scenario: Scenario, index: number): Promise<number> {
  const ask = scenario.asks(index);
  const { status, text, bytes } = await client.ask(ask);
  if (status !== 200) throw new Error(`${scenario.name}: ${ask.path} answers ${status} ${text.slice(0, 300)}`);
  return bytes;
}

async function eachOf(
  { clients, limits }: BenchOptions,
  work: (load: { clients: number; limits: BenchOptions["limits"] }) => Promise<Measurement>,
): Promise<Measurement[]> {
  const measurements: Measurement[] = [];
  for (const count of clients) measurements.push(await work({ clients: count, limits }));
  return measurements;
}

async function withClient<Result>(
  environment: Environment,
  { cookie }: StaffSession,
  work: (client: HttpClient) => Promise<Result>,
): Promise<Result> {
  const server = await startServer(environment);
  const client = createHttpClient({ origin: server.origin, cookie });
  try {
    return await work(client);
  } finally {
    client.close();
    await server.stop();
  }
}

import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { type Environment, placeOfItsOwn } from "#testing/start-command.ts";
import { isBuilt } from "../dev/build.ts";
import { demoStaff } from "../dev/demo-staff.ts";
import { findFreePort } from "../dev/ports.ts";
import { startPostgres } from "../dev/postgres.ts";
import { isRunning } from "../dev/processes.ts";
import { createSecret } from "../dev/secrets.ts";
import { watchOver } from "../dev/watch-over.ts";
import { demoSignIns } from "../prisma/world.ts";
import { expect, test } from "./fixtures.ts";
import { createMonitor, end, endAll, hasMail, npm, provision, signIn, start } from "./start-steps.ts";

const nina = "nina.castellanos@northwind-labs.example";
// Ten at most on a machine that has nothing else to do; here everything else is tested meanwhile.
const mostSecondsOfASecondStart = 45;

let dataDir: string;
let place: Environment;

test.beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "countersign-e2e-start-"));
  place = { ...(await placeOfItsOwn(dataDir)), NEXT_DIST_DIR: process.env.NEXT_DIST_DIR ?? "", WEB_PROCESSES: "1" };
  // Or the start would build there, below the server of all other tests.
  expect(isBuilt(process.env.NEXT_DIST_DIR ?? ""), "no source changed since these tests began").toBe(true);
});
test.afterEach(async () => {
  await endAll(place);
  rmSync(dataDir, { recursive: true, force: true });
});

test("npm start says where everything is and keeps its data, Ctrl-C and SIGTERM leave no process, and npm run reset clears it", async ({
  playwright,
}) => {
  test.setTimeout(180_000);
  const first = await start(place);
  expect(first.family.length, "npm, the start, PostgreSQL and its own, a watchdog, a worker, the web").toBeGreaterThan(10);
  const told = first.command.printed();
  for (const { email, password } of demoSignIns) expect(told).toContain(`${email}  ${password}`);
  for (const { name, job } of demoStaff) expect(told).toContain(`${name} (${job}`);
  expect(told.match(/: is refused\)/g)).toHaveLength(2);
  const addresses = [...told.matchAll(/ (http:\/\/localhost:\d+\S*)/g)].map(([, address = ""]) => address);
  expect(addresses.map((address) => new URL(address).port)).toEqual(
    ["PORT", "PORT", "IDENTITY_PROVIDER_PORT", "MAILBOX_PORT", "STRIPE_PORT"].map((variable) => place[variable]),
  );
  for (const address of addresses) expect((await fetch(address)).status, address).toBe(200);
  const origin = addresses[0] ?? "";
  const ada = await playwright.request.newContext({ baseURL: origin, extraHTTPHeaders: { origin } });
  await signIn(ada, "ada.marlow@northwind-labs.example");
  const monitors = await createMonitor(ada, "Kept over restarts");
  await ada.post("/forgot-password/submit", { form: { "input.email": nina } });
  await expect.poll(() => hasMail(place, nina), { timeout: 20_000 }).toBe(true);

  const refused = await npm(place, "run", "--silent", "reset").ended;
  expect(refused).toMatchObject({ code: 1, output: "", errors: expect.stringMatching(/^Countersign already runs [^\n]+\n$/) });
  await end(first, "SIGINT");

  const second = await start(place);
  console.log(`    The second start took ${second.seconds.toFixed(1)} s.`);
  expect(second.seconds).toBeLessThan(mostSecondsOfASecondStart);
  expect(await (await ada.get(monitors)).text(), "signed in as before").toContain("Kept over restarts");
  expect(await hasMail(place, nina)).toBe(true);
  process.kill(-second.command.pid, "SIGKILL");

  const third = await start(place);
  expect(second.family.filter(isRunning), "what is left of the killed one").toEqual([]);
  expect(await (await ada.get(monitors)).text()).toContain("Kept over restarts");
  await end(third, "SIGTERM");

  const cleared = await npm(place, "run", "--silent", "reset").ended;
  expect(cleared).toMatchObject({ code: 0, errors: "", output: expect.stringMatching(/^Cleared .*postgres/) });
  expect(existsSync(dataDir)).toBe(false);
});

test("npm start works with a PostgreSQL that is not its own, which somebody who is no superuser provisioned", async ({ playwright }) => {
  test.setTimeout(120_000);
  const elsewhere = mkdtempSync(join(tmpdir(), "countersign-e2e-elsewhere-"));
  watchOver({ folder: elsewhere });
  const postgres = await startPostgres({ dataDir: elsewhere, port: await findFreePort(), password: createSecret(), throwaway: true });
  try {
    await query(postgres.adminUrl, "CREATE ROLE managing LOGIN CREATEROLE CREATEDB PASSWORD 'enough'");
    const administrator = Object.assign(new URL(postgres.adminUrl), { username: "managing", password: "enough" }).href;
    const lines = await provision(place, administrator);
    const again = await provision(place, administrator);
    expect(again, "the same, but for the passwords that stay as they are").toEqual(lines.map(withoutPassword));
    Object.assign(place, Object.fromEntries(lines));

    const running = await start(place);
    expect(running.command.printed()).toContain(new URL(postgres.adminUrl).host);
    expect(running.command.printed()).not.toMatch(/embedded PostgreSQL|demo data|ada\.marlow/);
    const origin = `http://localhost:${place.PORT}`;
    expect((await fetch(`${origin}/readyz`)).status).toBe(200);
    const visitor = await playwright.request.newContext({ baseURL: origin, extraHTTPHeaders: { origin } });
    const typed = { "input.name": "Nina", "input.email": nina, "input.organizationName": "Elsewhere", "input.password": createSecret() };
    await visitor.post("/sign-up/submit", { form: typed });
    const events = await query(place.DATABASE_OWNER_URL ?? "", `SELECT operation, outcome FROM "AuditEvent"`);
    expect(events).toContainEqual({ operation: "user.signUp", outcome: "succeeded" });
    await expect.poll(() => hasMail(place, nina), { timeout: 20_000 }).toBe(true);
    await end(running, "SIGINT");
    expect(readdirSync(dataDir)).not.toContain("postgres");
  } finally {
    await postgres.stop();
    rmSync(elsewhere, { recursive: true, force: true });
  }
});

function withoutPassword([variable, url]: [string, string]): [string, string] {
  return [variable, Object.assign(new URL(url), { password: "" }).href];
}

async function query(connectionString: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

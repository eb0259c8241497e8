import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { startSwitchProxy } from "#testing/switch-proxy.ts";
import { connectionOptions } from "./connection-options.ts";
import { disconnect, reader, type Transaction, transaction, writer } from "./db.ts";
import { toAppError } from "./to-app-error.ts";

const patience = 700;
let proxy: Awaited<ReturnType<typeof startSwitchProxy>>;

beforeAll(async () => {
  proxy = await startSwitchProxy(process.env.DATABASE_URL ?? "");
  // What the driver is told in the address counts more than what every pool is told.
  process.env.DATABASE_URL = `${proxy.url}?query_timeout=${patience}`;
  process.env.DATABASE_READER_URL = process.env.DATABASE_URL;
});
beforeEach(async () => {
  proxy.turn("on");
  await writer().$queryRaw`SELECT 1`;
  await reader().$queryRaw`SELECT 1`;
});
afterAll(() => proxy.stop());

test("every pool waits a little longer than PostgreSQL itself lets anything take", () => {
  const { statement_timeout, query_timeout } = connectionOptions(proxy.url);
  expect(query_timeout).toBeGreaterThan(statement_timeout);
  expect(query_timeout).toBeLessThan(15_000);
});

test.each([
  ["a read", () => reader().$queryRaw`SELECT 1`],
  ["a transaction", () => transaction((db) => db.$queryRaw`SELECT 1`)],
])("%s of a database that says nothing any more is given up in time, told as an outage, and works again afterwards", async (_what, ask) => {
  proxy.turn("frozen");
  const begun = performance.now();
  expect(await codeOf(ask())).toBe("UNAVAILABLE");
  expect(performance.now() - begun).toBeGreaterThan(patience - 50);
  expect(performance.now() - begun).toBeLessThan(patience + 400);
  proxy.turn("on");
  await ask();
});

test.each([
  ["a raw query", () => reader().$executeRaw`SELECT pg_sleep(0.3)`],
  ["a statement of a transaction", () => transaction((db) => db.$executeRaw`SELECT pg_sleep(0.3)`)],
  ["a query", () => reader().setting.findMany()],
])("%s whose connection is reset is told as an outage", async (_what, ask) => {
  const code = codeOf(ask());
  setImmediate(() => proxy.turn("off"));
  expect(["UNAVAILABLE", "none"]).toContain(await code);
  expect(await codeOf(ask())).toBe("UNAVAILABLE");
});

test("connections that stay silent for ever are not asked again, also those of a transaction", async () => {
  const all = () => Promise.all(Array.from({ length: 5 }, () => codeOf(transaction(sleepInDatabase))));
  expect(await all()).toEqual(Array(5).fill("none"));
  const asked = all();
  await wait(50);
  proxy.turn("frozen");
  expect(await asked).toEqual(Array(5).fill("UNAVAILABLE"));
  proxy.forget();
  expect(await all()).toEqual(Array(5).fill("none"));
  await disconnect();
});

test("a commit without an answer is told as one that may have been done", async () => {
  const code = codeOf(
    transaction(async (db) => {
      await db.$queryRaw`SELECT 1`;
      proxy.turn("frozen");
    }),
  );
  expect(await code).toBe("OUTCOME_UNKNOWN");
});

async function sleepInDatabase(db: Transaction): Promise<void> {
  for (let count = 0; count < 4; count += 1) await db.$executeRaw`SELECT pg_sleep(0.05)`;
}

async function codeOf(work: PromiseLike<unknown>): Promise<string> {
  try {
    await work;
    return "none";
  } catch (error) {
    return toAppError(error).code;
  }
}

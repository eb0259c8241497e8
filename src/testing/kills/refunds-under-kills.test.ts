import { afterAll, beforeAll, expect, test } from "vitest";
import type { PlantedFault } from "../refunds/protocol.ts";
import { startTestStripe, type TestStripe } from "../stripe.ts";
import { refundsUnderKills, type Trial } from "./refunds-under-kills.ts";

let stripe: TestStripe;
beforeAll(async () => {
  stripe = await startTestStripe();
});
afterAll(() => stripe.stop());

const seed = Number(process.env.SEED ?? 4);

function tryOut(fault: PlantedFault, signal: AbortSignal, given: Pick<Trial, "refunds" | "kills" | "lostAnswers" | "victims">) {
  const databaseUrl = process.env.DATABASE_URL ?? "";
  return refundsUnderKills({ ...given, fault, signal, seed, stripe, databaseUrl });
}

test("refunds that a key of its own for each try doubles are found", async ({ signal }) => {
  const { doubled, differing } = await tryOut("freshKeys", signal, { refunds: 40, kills: 4, lostAnswers: 0.2, victims: "worker" });
  expect(doubled.length, `seed ${seed}`).toBeGreaterThan(0);
  expect(differing.length, `seed ${seed}`).toBeGreaterThan(0);
}, 150_000);

test("refunds that are lost where jobs are put into the queue after the commit are found", async ({ signal }) => {
  const { lost, interrupted } = await tryOut("afterCommit", signal, { refunds: 48, kills: 8, lostAnswers: 0, victims: "asker" });
  expect(lost.length, `seed ${seed}, ${interrupted} interrupted`).toBeGreaterThan(0);
}, 150_000);

test("as it is, no refund is lost or doubled though processes are killed and answers lost, and each is audited", async ({ signal }) => {
  const { killed, interrupted, seconds: _seconds, ...found } = await tryOut("none", signal, { refunds: 80, kills: 10, lostAnswers: 0.1 });
  const all = { asked: 80, runs: 80, calls: 80, refunds: 80 };
  expect(found, `seed ${seed}`).toEqual({ ...all, lost: [], doubled: [], strange: [], unaudited: [], differing: [] });
  expect(killed.asker + killed.worker).toBe(10);
  expect(interrupted, `seed ${seed}`).toBeGreaterThan(3);
}, 150_000);

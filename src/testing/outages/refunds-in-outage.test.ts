import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type MailServer, startMailServer } from "../../../dev/mail.ts";
import { findFreePort } from "../../../dev/ports.ts";
import type { PlantedFault } from "../refunds/protocol.ts";
import { startTestStripe, type TestStripe } from "../stripe.ts";
import { type Outage, refundsInOutage } from "./refunds-in-outage.ts";

const folder = mkdtempSync(join(tmpdir(), "countersign-outages-"));
let stripe: TestStripe;
let mail: MailServer;
beforeAll(async () => {
  stripe = await startTestStripe();
  mail = await startMailServer({ smtpPort: await findFreePort(), webPort: await findFreePort(), dataDir: folder });
});
afterAll(async () => {
  await stripe.stop();
  await mail.stop();
  rmSync(folder, { recursive: true });
});

const seed = Number(process.env.SEED ?? 3);
const [perSecond, secondsBetween] = [3, 2];

type Options = { signal: AbortSignal; fault: PlantedFault };

async function tryOut(courses: Outage["courses"], { signal, fault }: Options) {
  const databaseUrls = { appUrl: process.env.DATABASE_URL ?? "", readerUrl: process.env.DATABASE_READER_URL ?? "" };
  const outcome = await refundsInOutage({ courses, secondsBetween, perSecond, seed, fault, stripe, mail, databaseUrls, signal });
  const { refused, longestWait, secondsToDrain, mails } = outcome;
  return { ...outcome, said: `seed ${seed}: ${JSON.stringify({ refused, longestWait, secondsToDrain, mails })}` };
}

test("refunds that a key of its own for each try doubles, where Stripe hangs, are found", async ({ signal }) => {
  const { doubled, differing, said } = await tryOut([{ course: "Stripe hangs", seconds: 14 }], { signal, fault: "freshKeys" });
  expect(doubled.length, said).toBeGreaterThan(0);
  expect(differing.length, said).toBeGreaterThan(0);
}, 150_000);

test("refunds that were told as done and were not, because the database was away, are found", async ({ signal }) => {
  const { lost, contradicted, said } = await tryOut([{ course: "database cut", seconds: 3 }], { signal, fault: "swallowed" });
  expect(lost.length, said).toBeGreaterThan(0);
  expect(contradicted, said).toBeLessThan(0);
}, 150_000);

test("Stripe, SMTP and the database go away under load and come back: nothing is lost or doubled, each is told, nobody restarts", async ({
  signal,
}) => {
  const courses = [
    { course: "Stripe refuses", seconds: 4 },
    { course: "Stripe hangs", seconds: 14 },
    { course: "SMTP refuses", seconds: 4 },
    { course: "database cut", seconds: 4 },
    { course: "database frozen", seconds: 13 },
  ] as const;
  const { said, mails, refused, longestWait, ...found } = await tryOut(courses, { signal, fault: "none" });
  const all = { asked: 155, runs: 155, calls: 155, refunds: 155, lost: [], doubled: [], strange: [], unaudited: [], differing: [] };
  expect(found, said).toMatchObject({ ...all, contradicted: 0, restarts: 0 });
  expect(mails, said).toMatchObject({ wanted: 155, sent: 155, wrong: [] });
  expect(Object.keys(refused), said).toContain("UNAVAILABLE");
  const { STALE_PREVIEW: _stale, UNAVAILABLE: _away, OUTCOME_UNKNOWN: _unknown, TOO_SLOW: _slow, ...strange } = refused;
  expect(strange, said).toEqual({});
  expect(longestWait, said).toBeLessThan(30);
}, 200_000);

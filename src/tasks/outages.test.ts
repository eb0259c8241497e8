import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { trialExtended } from "#domain/mails/trial-extended.ts";
import { transaction } from "#server/db.ts";
import { enqueue } from "#server/effects/effect.ts";
import { mail } from "#server/effects/mail.ts";
import { systemContext } from "#server/system-context.ts";
import { startSwitchProxy } from "#testing/switch-proxy.ts";
import { startWorkerProcess, until, type WorkerProcess } from "#testing/worker-process.ts";
import { type MailServer, startMailServer } from "../../dev/mail.ts";
import { findFreePort } from "../../dev/ports.ts";

const folder = mkdtempSync(join(tmpdir(), "countersign-outage-"));
let server: MailServer;
let database: Awaited<ReturnType<typeof startSwitchProxy>>;
let worker: WorkerProcess;

beforeAll(async () => {
  server = await startMailServer({ smtpPort: await findFreePort(), webPort: await findFreePort(), dataDir: folder });
  database = await startSwitchProxy(process.env.DATABASE_URL ?? "");
  const urls = { DATABASE_URL: database.url, SMTP_URL: server.smtpUrl };
  worker = startWorkerProcess(urls);
});
afterAll(async () => {
  database.turn("on");
  await worker.end("SIGTERM");
  await database.stop();
  await server.stop();
  rmSync(folder, { recursive: true });
});

const secondsAway = 8;
const mailsInEach = 15;

/** Asks for mails while something is away and a little longer; each has to arrive once. */
async function underLoad(batch: string, away: (isAway: boolean) => Promise<void> | void): Promise<void> {
  await send(batch, "before");
  await away(true);
  for (let second = 0; second < secondsAway; second += 1) {
    await send(batch, `second ${second}`);
    await wait(1_000);
  }
  await away(false);
  await send(batch, "after");
  const wanted = mailsInEach * (secondsAway + 2);
  await until(async () => (await delivered(batch)).length >= wanted, { every: 250, most: 100_000 });
  await wait(1_000);
  const mails = await delivered(batch);
  expect(mails).toHaveLength(wanted);
  expect(new Set(mails.map(({ to }) => to)).size, "none is lost").toBe(wanted);
  expect(new Set(mails.map(({ messageId }) => messageId)).size, "none is another one's twin").toBe(wanted);
}

test("the mail server is away: everybody gets their mail afterwards, once", async () => {
  await underLoad("letters", (isAway) => fault(isAway ? "refuse" : "none"));
}, 150_000);

test("the database is away for the worker: it comes back by itself, and what waits is worked", async () => {
  await underLoad("backlog", (isAway) => database.turn(isAway ? "off" : "on"));
  expect(worker.process.exitCode, "it is the same worker").toBeNull();
}, 150_000);

type Delivered = { to: string; messageId: string; text: string };

async function send(batch: string, when: string): Promise<void> {
  const data = { organizationName: `${batch} ${when}`, trialEndsAt: "2027-03-12T23:59:59Z" };
  const effects = Array.from({ length: mailsInEach }, (_, index) =>
    mail(trialExtended, { to: { email: `${batch}.${when}.${index}@customer.example`.replaceAll(" ", "-"), name: "Somebody" }, data }),
  );
  await transaction((db) => enqueue(db, effects, { context: systemContext("Test"), eventId: "evt", organizationId: null }));
}

async function delivered(batch: string): Promise<Delivered[]> {
  const all: Delivered[] = await (await fetch(`${server.mailboxUrl}/messages.json`)).json();
  return all.filter(({ text }) => text.includes(batch));
}

async function fault(mode: "none" | "refuse"): Promise<void> {
  const headers = { "content-type": "application/json", origin: new URL(server.mailboxUrl).origin };
  const answer = await fetch(`${server.mailboxUrl}/faults`, { method: "POST", headers, body: JSON.stringify({ mode }) });
  expect(answer.ok).toBe(true);
}

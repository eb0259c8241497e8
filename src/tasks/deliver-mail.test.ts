import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { trialExtended } from "#domain/mails/trial-extended.ts";
import { createRandom } from "#lib/random.ts";
import { transaction } from "#server/db.ts";
import { enqueue } from "#server/effects/effect.ts";
import { mail } from "#server/effects/mail.ts";
import { systemContext } from "#server/system-context.ts";
import { asRole } from "#testing/database.ts";
import { type MailServer, startMailServer } from "../../dev/mail.ts";
import { findFreePort } from "../../dev/ports.ts";

type Delivered = { to: string; messageId: string; arrivals: number; text: string; html: string };
type Mode = "none" | "reject" | "refuse";

const folder = mkdtempSync(join(tmpdir(), "countersign-mail-"));
let server: MailServer;
const workers: ChildProcess[] = [];

beforeAll(async () => {
  server = await startMailServer({ smtpPort: await findFreePort(), webPort: await findFreePort(), dataDir: folder });
});
afterAll(async () => {
  await Promise.all(workers.map(end));
  await server.stop();
  rmSync(folder, { recursive: true });
});

test("workers killed at random while they deliver 500 mails lose none, and each arrives once by its Message-ID", async () => {
  const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
  const random = createRandom(seed);
  await send(500, "batch");
  let killed = 0;
  startWorker();
  startWorker();
  while ((await delivered("batch")).length < 500) {
    await wait(300 + random() * 900);
    if (killed >= 8) continue;
    const victim = workers[Math.floor(random() * workers.length)];
    if (!victim) continue;
    victim.kill("SIGKILL");
    workers.splice(workers.indexOf(victim), 1);
    startWorker();
    killed += 1;
  }
  await settled();
  const mails = await delivered("batch");
  const context = `seed ${seed}, ${killed} workers killed`;
  expect(killed, context).toBeGreaterThan(0);
  expect(new Set(mails.map(({ to }) => to)).size, context).toBe(500);
  expect(new Set(mails.map(({ messageId }) => messageId)).size, context).toBe(500);
  expect(mails, context).toHaveLength(500);
}, 180_000);

test("a server that refuses for now is asked again; one that refuses for good is recorded", async () => {
  if (workers.length === 0) startWorker();
  await fault("refuse", 1);
  await send(1, "later");
  await until(async () => (await delivered("later")).length === 1);
  const [letter] = await delivered("later");
  expect(letter?.text).toContain("now ends on 12 Mar 2027");
  expect(letter?.html).toContain("now ends on 12 Mar 2027");
  await fault("reject", 1);
  await send(1, "never");
  await until(async () => (await refusals()) === 1);
  expect(await delivered("never")).toEqual([]);
}, 60_000);

async function send(count: number, batch: string): Promise<void> {
  const data = { organizationName: batch, trialEndsAt: "2027-03-12T23:59:59Z" };
  const effects = Array.from({ length: count }, (_, index) =>
    mail(trialExtended, { to: { email: `${batch}${index}@customer.example`, name: `Person ${index}` }, data }),
  );
  await transaction((db) => enqueue(db, effects, { context: systemContext("Test"), eventId: "evt", organizationId: null }));
}

async function delivered(batch: string): Promise<Delivered[]> {
  const all: Delivered[] = await (await fetch(`${server.mailboxUrl}/messages.json`)).json();
  return all.filter(({ text }) => text.includes(batch));
}

/** Until no mail is waiting or being sent: what a killed worker had begun is sent again by another. */
async function settled(): Promise<void> {
  await until(async () => (await count(`SELECT count(*)::int AS n FROM pgboss.job WHERE name = 'mail' AND state < 'completed'`)) === 0);
}

function refusals(): Promise<number> {
  return count(`SELECT count(*)::int AS n FROM "AuditEvent" WHERE "operation" = 'mail.deliver' AND "outcome" = 'failed'`);
}

function count(sql: string): Promise<number> {
  return asRole("superuser", async (client) => (await client.query(sql)).rows[0].n);
}

async function until(reached: () => Promise<boolean>): Promise<void> {
  while (!(await reached())) await wait(200);
}

async function fault(mode: Mode, next: number): Promise<void> {
  const { origin } = new URL(server.mailboxUrl);
  const headers = { "content-type": "application/json", origin };
  const answer = await fetch(`${server.mailboxUrl}/faults`, { method: "POST", headers, body: JSON.stringify({ mode, next }) });
  expect(answer.ok).toBe(true);
}

function startWorker(): void {
  const environment = { ...process.env, SMTP_URL: server.smtpUrl, LOG_LEVEL: "fatal" };
  workers.push(spawn(process.execPath, ["--conditions=react-server", "src/worker.ts"], { env: environment, stdio: "inherit" }));
}

async function end(worker: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => worker.once("exit", resolve));
  worker.kill("SIGTERM");
  await ended;
}

import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { transaction } from "#server/db.ts";
import { sendJobs, startWorkerBoss } from "#server/jobs/boss.ts";
import type { QueueName } from "#server/jobs/queues.ts";
import { asRole } from "#testing/database.ts";
import { makeOrganization, unique } from "#testing/fixtures.ts";
import { makeJob } from "#testing/scenarios/jobs.ts";
import { prepare, runAsPeopleDo } from "#testing/scenarios.ts";
import { startWorkerProcess, until, type WorkerProcess } from "#testing/worker-process.ts";
import { type MailServer, startMailServer } from "../../dev/mail.ts";
import { findFreePort } from "../../dev/ports.ts";
import { workQueue } from "./work.ts";

const folder = mkdtempSync(join(tmpdir(), "countersign-worker-"));
let mailServer: MailServer;
let silent: Server;
const sockets = new Set<Socket>();
const workers: WorkerProcess[] = [];

beforeAll(async () => {
  mailServer = await startMailServer({ smtpPort: await findFreePort(), webPort: await findFreePort(), dataDir: folder });
  silent = createServer((socket) => sockets.add(socket.on("error", () => undefined)));
  await new Promise<void>((ready) => silent.listen(0, "127.0.0.1", ready));
});
afterEach(async () => {
  await Promise.all(workers.splice(0).map(({ end }) => end("SIGKILL")));
});
afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  silent.close();
  await mailServer.stop();
  rmSync(folder, { recursive: true });
});

/** With a mail server that takes the connection and never says a word, what a worker has begun is not done for ten seconds. */
function startWorker({ mailServerIs }: { mailServerIs: "silent" | "well" }): WorkerProcess {
  const { port } = silent.address() as { port: number };
  const worker = startWorkerProcess({ SMTP_URL: mailServerIs === "silent" ? `smtp://127.0.0.1:${port}` : mailServer.smtpUrl });
  workers.push(worker);
  return worker;
}

async function job(id: string) {
  const { rows } = await asRole("superuser", (client) => client.query("SELECT * FROM pgboss.job WHERE id = $1", [id]));
  return rows[0];
}

const isIn = (id: string, state: string) => async () => (await job(id)).state === state;

async function change(id: string, assignments: string): Promise<void> {
  await asRole("superuser", (client) => client.query(`UPDATE pgboss.job SET ${assignments} WHERE id = $1`, [id]));
}

test.each([0, 5])(
  "the job of a killed worker is done by another within 30 s, also after %i attempts",
  async (attempts) => {
    const id = await makeJob(await makeOrganization());
    if (attempts > 0) await change(id, `started_on = now(), retry_count = ${attempts - 1}, state = 'retry'`);
    const first = startWorker({ mailServerIs: "silent" });
    await until(isIn(id, "active"));
    startWorker({ mailServerIs: "well" });
    await first.end("SIGKILL");
    const milliseconds = await until(isIn(id, "completed"));
    expect(milliseconds).toBeLessThan(30_000);
    expect(await job(id)).toMatchObject({ retry_count: attempts + 1 });
  },
  60_000,
);

test("a worker that is told to stop finishes what it has begun and begins nothing more", async () => {
  const id = await makeJob(await makeOrganization());
  await fault("slow");
  const worker = startWorker({ mailServerIs: "well" });
  await until(isIn(id, "active"));
  const stopped = worker.end("SIGTERM");
  // A look into the queue that was under way when the signal came may still find something.
  await wait(1_000);
  const later = await makeJob(await makeOrganization());
  expect(await stopped).toBe(0);
  await fault("none");
  expect((await job(id)).state).toBe("completed");
  expect((await job(later)).state).toBe("created");
}, 120_000);

test("what it cannot finish in time it gives back, and another takes it at once; that costs no attempt", async () => {
  const id = await makeJob(await makeOrganization());
  const worker = startWorker({ mailServerIs: "silent" });
  await until(isIn(id, "active"));
  const begun = Date.now();
  expect(await worker.end("SIGTERM")).toBe(0);
  expect(Date.now() - begun).toBeLessThan(15_000);
  const { state, retry_limit: limit } = await job(id);
  expect(state).toBe("retry");
  startWorker({ mailServerIs: "well" });
  expect(await until(isIn(id, "completed"))).toBeLessThan(10_000);
  expect((await job(id)).retry_limit).toBe(limit + 1);
}, 120_000);

test("a job that fails waits longer each time, and after its last attempt is shown as failed until it is tried again", async () => {
  const boss = await startWorkerBoss();
  const queue: QueueName = "bulk";
  let broken = true;
  const [id] = await sendTo(queue, [{}]);
  if (!id) throw new Error("No job");
  try {
    await workQueue(boss, {
      queue,
      atOnce: 1,
      async handle() {
        if (broken) throw new Error("It is broken.");
        return undefined;
      },
    });
    const waits: number[] = [];
    for (let attempt = 0; attempt < 4; attempt += 1) {
      await until(isIn(id, "retry"));
      const { start_after: next } = await job(id);
      waits.push((next.getTime() - Date.now()) / 1_000);
      await change(id, "start_after = now()");
      await until(async () => (await job(id)).retry_count > attempt);
    }
    waits.forEach((seconds, attempt) => {
      expect(seconds).toBeGreaterThan(5 * 2 ** attempt - 2);
      expect(seconds).toBeLessThan(10 * 2 ** attempt + 2);
    });
    await until(isIn(id, "retry"));
    await change(id, "retry_limit = retry_count + 1, start_after = now()");
    await until(isIn(id, "failed"));
    expect((await job(id)).output).toMatchObject({ message: "It is broken." });
    broken = false;
    await runAsPeopleDo({ ...(await prepare("job.retry")), targetId: id });
    await until(isIn(id, "completed"));
  } finally {
    await boss.stop({ graceful: true, timeout: 5_000 });
  }
}, 120_000);

test("two workers share the work, each job is one's, and the urgent go first", async () => {
  const bosses = [await startWorkerBoss(), await startWorkerBoss()];
  const done: { worker: number; id: string }[] = [];
  try {
    const ordinary = await sendTo(
      "bulk",
      Array.from({ length: 60 }, () => ({})),
    );
    const urgent = await sendTo("bulk", [{ priority: 10 }]);
    for (const [worker, boss] of bosses.entries())
      await workQueue(boss, {
        queue: "bulk",
        atOnce: 1,
        async handle({ id }) {
          done.push({ worker, id });
          await new Promise((resolve) => setTimeout(resolve, 20));
          return undefined;
        },
      });
    await until(async () => done.length >= 61);
    expect(done.slice(0, 2).map(({ id }) => id)).toContain(urgent[0]);
    expect(done.map(({ id }) => id).sort()).toEqual([...ordinary, ...urgent].sort());
    for (const worker of [0, 1]) expect(done.filter((one) => one.worker === worker).length).toBeGreaterThan(15);
  } finally {
    await Promise.all(bosses.map((boss) => boss.stop({ graceful: true, timeout: 5_000 })));
  }
}, 120_000);

/** Jobs with these priorities; their ids. */
async function sendTo(queue: QueueName, wanted: { priority?: number }[]): Promise<string[]> {
  const jobs = wanted.map((one) => ({ ...one, id: randomUUID(), data: { payload: { of: unique() }, origin: {} } }));
  await transaction((db) => sendJobs(db, queue, jobs));
  return jobs.map(({ id }) => id);
}

async function fault(mode: "none" | "slow"): Promise<void> {
  const headers = { "content-type": "application/json", origin: new URL(mailServer.mailboxUrl).origin };
  const answer = await fetch(`${mailServer.mailboxUrl}/faults`, { method: "POST", headers, body: JSON.stringify({ mode }) });
  expect(answer.ok).toBe(true);
}

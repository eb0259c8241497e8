import { setTimeout as wait } from "node:timers/promises";
import { Client } from "pg";
import { createRandom } from "#lib/random.ts";
import { type Findings, findFaults } from "../refunds/findings.ts";
import { makeWanted } from "../refunds/make-wanted.ts";
import { keepAlive } from "../refunds/processes.ts";
import type { PlantedFault } from "../refunds/protocol.ts";
import type { TestStripe } from "../stripe.ts";
import { createAskingQueue } from "./asking-queue.ts";

export type Trial = {
  refunds: number;
  kills: number;
  seed: number;
  fault: PlantedFault;
  stripe: TestStripe;
  /** As the application's role. */
  databaseUrl: string;
  /** How many answers of Stripe are lost after it did what was asked, from 0 to 1. */
  lostAnswers: number;
  /** Only these are killed. */
  victims?: "asker" | "worker";
  environment?: Record<string, string>;
  /** Ends it before its time, and all processes with it. */
  signal?: AbortSignal;
  tell?: (text: string) => void;
};
export type Outcome = Findings & { killed: { asker: number; worker: number }; interrupted: number; seconds: number };

const mostOfAStaffMember = 200;

/**
 * Processes of the application ask for refunds, workers have Stripe carry them out, and one of either is killed again
 * and again, at a moment chosen by chance while it is at something. The refunds are handed out as the kills go on, so that
 * there is always something to interrupt. Afterwards everything is compared with everything.
 */
export async function refundsUnderKills(trial: Trial): Promise<Outcome> {
  const { stripe, databaseUrl, seed, fault, environment = {}, tell = () => undefined } = trial;
  const random = createRandom(seed);
  const begun = Date.now();
  const { wanted, organizations } = await makeWanted({
    stripe,
    random,
    refunds: trial.refunds,
    staff: Math.ceil(trial.refunds / mostOfAStaffMember) + 1,
  });
  tell(`${wanted.length} refunds of ${organizations.length} customers are prepared for.`);
  await stripe.fault({ mode: "lost", share: trial.lostAnswers, path: "/v1/refunds", method: "POST" });
  const database = new Client({ connectionString: databaseUrl });
  await database.connect();
  const queue = createAskingQueue(wanted);
  const askers = [0, 1].map((asker) => {
    const own = keepAlive("asker", { fault, environment }, { heard: (said) => queue.heard(asker, said), died: () => queue.died(asker) });
    return { ...own, asker };
  });
  const workers = [0, 1].map(() => keepAlive("worker", { fault, environment }));
  const killed = { asker: 0, worker: 0 };
  let interrupted = 0;
  let handed = 0;
  // Handed out from here on, whatever else is waited for.
  const handing = setInterval(() => queue.hand(handed, askers), 5);
  try {
    for (let total = 1; total <= trial.kills; total += 1) {
      trial.signal?.throwIfAborted();
      handed = Math.max(handed, Math.ceil((wanted.length * total) / (trial.kills + 1)));
      const kind = trial.victims ?? (random() < 0.5 ? "asker" : "worker");
      const isBusy = async () => (kind === "asker" ? queue.isRunning(0) || queue.isRunning(1) : isWorking(database));
      const done = queue.done();
      // Not before something was done: what has just been started would be killed over and over.
      for (const latest = Date.now() + 30_000; Date.now() < latest; await wait(5)) {
        // So that there is something to interrupt again.
        if (queue.isIdle() && !(await hasWork(database))) handed += 1;
        if (queue.done() === done || !(await isBusy())) continue;
        await wait(random() * queue.usualRun());
        if (await isBusy()) break;
      }
      if (await isBusy()) interrupted += 1;
      const one = random() < 0.5 ? 0 : 1;
      const victim = kind === "asker" && !queue.isRunning(one) ? 1 - one : one;
      await (kind === "asker" ? askers : workers)[victim]?.kill();
      killed[kind] += 1;
      if (total % 20 === 0) tell(`${total} killed, ${queue.done()} refunds acknowledged, ${Math.round((Date.now() - begun) / 1_000)} s`);
    }
    handed = wanted.length;
    while (!queue.isEmpty()) await wait(20, undefined, { signal: trial.signal });
    await drain(database, trial.signal);
    const proposals = queue.proposals();
    const findings = await findFaults({ database, stripe, proposals, organizations });
    return { ...findings, killed, interrupted, seconds: (Date.now() - begun) / 1_000 };
  } finally {
    clearInterval(handing);
    await Promise.all([...askers, ...workers].map(({ end }) => end()));
    await database.end();
    await stripe.fault({ mode: "none" });
  }
}

async function hasWork(database: Client): Promise<boolean> {
  const { rows } = await database.query(`SELECT 1 FROM pgboss.job WHERE name = 'stripe' AND state IN ('created', 'active') LIMIT 1`);
  return rows.length > 0;
}

async function isWorking(database: Client): Promise<boolean> {
  const { rows } = await database.query(
    `SELECT 1 FROM pgboss.job WHERE name = 'stripe' AND state = 'active' AND started_on > now() - interval '1 s'`,
  );
  return rows.length > 0;
}

/** Until the queue of Stripe's calls is empty. Waiting between tries is shortened: that is time, and nothing else. */
async function drain(database: Client, signal: AbortSignal | undefined): Promise<void> {
  for (;;) {
    const { rows } = await database.query(`SELECT count(*)::int AS left FROM pgboss.job WHERE name = 'stripe' AND state < 'completed'`);
    if (rows[0].left === 0) return;
    await database.query(`UPDATE pgboss.job SET start_after = now() WHERE name = 'stripe' AND state = 'retry' AND start_after > now()`);
    await wait(200, undefined, { signal });
  }
}

import { setTimeout as wait } from "node:timers/promises";
import { Client } from "pg";
import { createRandom } from "#lib/random.ts";
import type { MailServer } from "../../../dev/mail.ts";
import { type Findings, findFaults } from "../refunds/findings.ts";
import { makeWanted } from "../refunds/make-wanted.ts";
import { keepAlive } from "../refunds/processes.ts";
import type { PlantedFault, Wanted } from "../refunds/protocol.ts";
import type { TestStripe } from "../stripe.ts";
import { type Answer, startAskers } from "./askers.ts";
import { findMailFaults, type MailFindings } from "./mails.ts";
import { type Course, type DatabaseUrls, startSurroundings } from "./surroundings.ts";

export type Outage = {
  /** What is away one after the other, and for how long; the processes stay the same. */
  courses: readonly { course: Course; seconds: number }[];
  /** How long all is well before, between and after. */
  secondsBetween: number;
  perSecond: number;
  seed: number;
  fault: PlantedFault;
  stripe: TestStripe;
  mail: MailServer;
  databaseUrls: DatabaseUrls;
  signal?: AbortSignal;
  tell?: (text: string) => void;
};
export type Outcome = Findings & {
  mails: MailFindings;
  /** Code of what was told instead of “done” → how often, the first time that each refund was asked for. */
  refused: Record<string, number>;
  /** How many were done though their answer was lost, which is what they were told. */
  doneWithoutAnswer: number;
  /** What was done by then, less what was told as done or as unknown; anything but 0 is a lie. */
  contradicted: number;
  /** From the return of what was away last until no job was left of those that were in a queue by then. */
  secondsToDrain: number;
  longestWait: number;
  restarts: number;
};

// Like two processes of two staff members' many colleagues: nobody asks for a refund more often than every fifteen seconds.
const secondsOfAPerson = 15;
const processes = 2;

/**
 * Refunds are asked for at a steady rate while something is away, and a while before and after; each is a run, a call to
 * Stripe and a mail. Whoever was refused asks again afterwards, looking first. Then everything is compared with everything.
 */
export async function refundsInOutage(outage: Outage): Promise<Outcome> {
  const { courses, secondsBetween, perSecond, seed, fault, stripe, mail, databaseUrls, signal, tell = () => undefined } = outage;
  const seconds = courses.reduce((sum, one) => sum + one.seconds + secondsBetween, secondsBetween);
  const total = Math.ceil(seconds * perSecond) + processes;
  const staff = Math.ceil(perSecond * secondsOfAPerson);
  const { wanted, worlds, organizations } = await makeWanted({ refunds: total, staff, stripe, random: createRandom(seed) });
  const surroundings = await startSurroundings(outage);
  const database = new Client({ connectionString: databaseUrls.appUrl });
  await database.connect();
  const options = { fault, environment: surroundings.environment };
  const askers = startAskers(processes, options);
  const workers = Array.from({ length: processes }, () => keepAlive("worker", options));
  try {
    // Begins once all processes are up.
    const first = await Promise.all(wanted.splice(0, processes).map(askers.ask));
    await drain(database, signal);
    tell(`${total} refunds of ${worlds.length} customers.`);
    const asked = askSteadily(wanted, { perSecond, ask: askers.ask, signal });
    let back = new Date();
    for (const { course, seconds: away } of courses) {
      await wait(secondsBetween * 1_000, undefined, { signal });
      surroundings.turn(course, true);
      tell(`${course}, from now on.`);
      await wait(away * 1_000, undefined, { signal });
      surroundings.turn(course, false);
      back = await clock(database);
    }
    const secondsToDrain = await drain(database, signal, back);
    tell(`What had waited was done ${secondsToDrain.toFixed(1)} s after its return.`);
    const later = await asked;
    const answers = [...first, ...later];
    await drain(database, signal);
    const told = await compareWithTold(database, { answers, stripe, organizations });
    const proposals = await askAgain(answers, askers.ask, signal);
    await drain(database, signal);
    return {
      ...(await findFaults({ database, stripe, proposals, organizations })),
      ...told,
      mails: await findMailFaults(database, mail, worlds),
      secondsToDrain,
      longestWait: Math.max(...later.map(({ milliseconds }) => milliseconds)) / 1_000,
      restarts: askers.restarts() + workers.reduce((sum, { restarts }) => sum + restarts(), 0),
    };
  } finally {
    await Promise.all([askers.end(), ...workers.map(({ end }) => end())]);
    await surroundings.stop();
    await database.end();
  }
}

type Ask = (wanted: Wanted) => Promise<Answer>;

/** At its rate, whether earlier ones were answered or not. */
async function askSteadily(
  wanted: readonly Wanted[],
  { perSecond, ask, signal }: { perSecond: number; ask: Ask; signal: AbortSignal | undefined },
): Promise<Answer[]> {
  const begun = performance.now();
  const answers: Promise<Answer>[] = [];
  for (const [index, one] of wanted.entries()) {
    await wait(Math.max(0, begun + (index * 1_000) / perSecond - performance.now()), undefined, { signal });
    answers.push(ask(one));
  }
  return Promise.all(answers);
}

type Told = { answers: readonly Answer[]; stripe: TestStripe; organizations: readonly string[] };

async function compareWithTold(database: Client, { answers, stripe, organizations }: Told) {
  const refused: Record<string, number> = {};
  for (const { answer } of answers) if (answer !== "done") refused[answer] = (refused[answer] ?? 0) + 1;
  const unknown = answers.filter(({ answer }) => answer === "OUTCOME_UNKNOWN").map(({ wanted }) => wanted.proposalId);
  const { rows } = await database.query(`SELECT count(*)::int AS "count" FROM "Proposal" WHERE "id" = ANY ($1) AND "state" = 'run'`, [
    unknown,
  ]);
  const doneWithoutAnswer: number = rows[0].count;
  const { runs } = await findFaults({ database, stripe, proposals: [], organizations });
  const acknowledged = answers.filter(({ answer }) => answer === "done").length;
  return { refused, doneWithoutAnswer, contradicted: runs - acknowledged - doneWithoutAnswer };
}

const mostTries = 10;

/** Until each is done; answers the proposal of each. */
async function askAgain(answers: readonly Answer[], ask: Ask, signal: AbortSignal | undefined): Promise<string[]> {
  const proposals: string[] = [];
  for (const first of answers) {
    let { wanted, answer } = first;
    for (let tries = 0; answer !== "done" && tries < mostTries; tries += 1) {
      signal?.throwIfAborted();
      // The target changed in between: the person prepares it anew.
      ({ wanted, answer } = await ask(answer === "STALE_PREVIEW" ? { ...wanted, proposalId: null } : wanted));
    }
    proposals.push(answer === "done" && wanted.proposalId ? wanted.proposalId : `refund ${wanted.index}, ${answer}`);
  }
  return proposals;
}

const mostSecondsToDrain = 900;

async function clock(database: Client): Promise<Date> {
  return (await database.query<{ now: Date }>("SELECT clock_timestamp() AS now")).rows[0]?.now ?? new Date();
}

/** Until nothing is left to do of what was put into a queue before; how many seconds that took. */
async function drain(database: Client, signal: AbortSignal | undefined, before: Date | null = null): Promise<number> {
  const begun = performance.now();
  for (;;) {
    const { rows } = await database.query(
      `SELECT count(*)::int AS left FROM pgboss.job WHERE name IN ('stripe', 'mail', 'stripeEvent') AND state < 'completed' AND created_on <= coalesce($1, now())`,
      [before],
    );
    const seconds = (performance.now() - begun) / 1_000;
    if (rows[0].left === 0) return seconds;
    if (seconds > mostSecondsToDrain) throw new Error(`${rows[0].left} jobs were still there after ${mostSecondsToDrain} seconds.`);
    await wait(100, undefined, { signal });
  }
}

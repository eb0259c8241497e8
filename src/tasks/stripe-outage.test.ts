import { afterAll, beforeAll, expect, test } from "vitest";
import { reader } from "#server/db.ts";
import { runOn } from "#testing/billing-world.ts";
import { asRole } from "#testing/database.ts";
import { startTestStripe, type TestStripe } from "#testing/stripe.ts";
import { makeBilledWorld } from "#testing/stripe-world.ts";
import { startWorkerProcess, until, type WorkerProcess } from "#testing/worker-process.ts";

let stripe: TestStripe;
let worker: WorkerProcess;
beforeAll(async () => {
  stripe = await startTestStripe();
  worker = startWorkerProcess();
});
afterAll(async () => {
  await worker.end("SIGTERM");
  await stripe.stop();
});

const credits = 25;

test("while Stripe is away runs go on, nothing is lost, and afterwards each is carried out once", async () => {
  const world = await makeBilledWorld(stripe);
  await stripe.fault({ mode: "down" });
  for (let count = 0; count < credits; count += 1)
    await runOn(world, { name: "organization.credit", input: { amount: "1.00", description: "An outage" } });
  // Each was tried, and is to be tried again.
  await until(async () => (await countRetries(world.id)) === credits);
  expect(await countLedger(world.id)).toEqual({ pending: credits });
  await stripe.fault({ mode: "none" });
  await until(async () => (await countLedger(world.id)).succeeded === credits, { every: 250 });
  const made = await stripe.objects("customer_balance_transaction");
  expect(made.filter(({ customer }) => customer === world.customer.id)).toHaveLength(credits);
  await until(async () => (await findCredit(world.id)) === credits * 100, { every: 250 });
}, 120_000);

async function countLedger(organizationId: string): Promise<Record<string, number>> {
  const groups = await reader().ledgerEntry.groupBy({ by: ["state"], where: { organizationId }, _count: true });
  return Object.fromEntries(groups.map(({ state, _count }) => [state, _count]));
}

async function countRetries(organizationId: string): Promise<number> {
  const { rows } = await asRole("superuser", (client) =>
    client.query(
      `SELECT count(*)::int AS count FROM pgboss.job WHERE name = 'stripe' AND state = 'retry' AND data -> 'origin' ->> 'organizationId' = $1`,
      [organizationId],
    ),
  );
  return rows[0].count;
}

async function findCredit(id: string): Promise<number> {
  const { creditBalance } = await reader().organization.findUniqueOrThrow({ where: { id }, select: { creditBalance: true } });
  return creditBalance;
}

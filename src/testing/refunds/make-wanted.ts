import type { StaffActor } from "#server/actor.ts";
import { makeStaff } from "../fixtures.ts";
import type { TestStripe } from "../stripe.ts";
import { type BilledWorld, makeBilledWorld } from "../stripe-world.ts";
import type { Wanted } from "./protocol.ts";

const refundsOfAnInvoice = 20;

type Options = { refunds: number; staff: number; stripe: Pick<TestStripe, "import">; random: () => number };

/** Customers with a paid invoice each, staff who may refund, and as many refunds that somebody of them wants. */
export async function makeWanted({ refunds, staff: people, stripe, random }: Options) {
  const worlds: BilledWorld[] = [];
  for (let count = 0; count < Math.ceil(refunds / refundsOfAnInvoice); count += 1) worlds.push(await makeBilledWorld(stripe));
  const staff: StaffActor[] = [];
  for (let count = 0; count < people; count += 1) staff.push(await makeStaff("billing"));
  const wanted = Array.from({ length: refunds }, (_, index): Wanted => {
    const world = worlds[index % worlds.length];
    const actor = staff[index % staff.length];
    if (!world || !actor) throw new Error("Nobody asks for nothing.");
    // 20 of an invoice of 45.00 stay below what was paid, and leave room for what a fault would add.
    return { index, invoiceId: world.invoiceId, amount: (0.5 + Math.floor(random() * 100) / 100).toFixed(2), actor, proposalId: null };
  });
  return { wanted, worlds, organizations: worlds.map(({ id }) => id) };
}

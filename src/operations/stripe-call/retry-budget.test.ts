import { expect, test } from "vitest";
import { getOperation } from "#router/registry.ts";
import type { StaffActor } from "#server/actor.ts";
import { findOpenCalls } from "#server/billing.ts";
import { reader } from "#server/db.ts";
import { propose, runProposal } from "#server/proposals.ts";
import { callsOf, makePayingCustomer, runOn } from "#testing/billing-world.ts";
import { arrange, contextOf, makeOrganization, makeStaff } from "#testing/fixtures.ts";
import { makeCreditCall } from "#testing/scenarios/stripe.ts";
import { findProposal, phraseOf } from "#testing/scenarios.ts";

async function retry(actor: StaffActor, callId: string) {
  const context = { ...contextOf(actor), actor };
  const request = { operation: getOperation("stripeCall.retry"), context, ability: context.ability };
  const envelope = { targetId: callId, input: {}, reason: "It works by now", ticket: "SUP-1" };
  const { proposalId } = await propose({ ...request, envelope });
  const confirmation = await phraseOf({ operation: request.operation, targetId: callId });
  return runProposal({ ...request, proposal: await findProposal(proposalId), confirmation });
}

async function refuse(callId: string): Promise<void> {
  const data = { state: "failed", failure: "Stripe refused: test", settledAt: new Date() } as const;
  await arrange((db) => db.stripeCall.update({ where: { id: callId }, data, select: { id: true } }));
}

test("what a colleague gave and Stripe refused counts for whoever asks for it again, from that moment on", async () => {
  const actor = await makeStaff("billing");
  const [world, other] = [await makeOrganization(), await makeOrganization()];
  const { id: staffMemberId, label: staffLabel } = actor;
  const given = { organizationId: other.id, kind: "credit", currency: "EUR", amount: 48_500, staffMemberId, staffLabel } as const;
  await arrange((db) => db.ledgerEntry.create({ data: given, select: { id: true } }));
  expect(await retry(actor, await makeCreditCall(world, "failed"))).toMatchObject({ awaitsApproval: false });
  const [last] = await reader().ledgerEntry.findMany({ where: { organizationId: world.id }, orderBy: { id: "desc" } });
  expect(last).toMatchObject({ staffMemberId: actor.id, staffLabel: actor.label, amount: 1_000, state: "pending" });
  expect(await retry(actor, await makeCreditCall(world, "failed")), "505.00 would be given").toMatchObject({ awaitsApproval: true });
});

test("a change of plan that gives something is given by whoever asks for it again", async () => {
  const world = await makePayingCustomer();
  await runOn(world, { name: "subscription.changePlan", input: { plan: "business", prorate: false } });
  const first = await reader().stripeCall.findFirstOrThrow({ where: { organizationId: world.id } });
  await refuse(first.id);
  const actor = await makeStaff("billing");
  await retry(actor, first.id);
  const again = await reader().stripeCall.findUniqueOrThrow({ where: { retryOf: first.id } });
  expect(again).toMatchObject({ gives: first.gives, givesCurrency: "EUR", givenById: actor.id });
  expect(first.givenById).not.toBe(actor.id);
});

test("a refused bill stays in sight and can be asked for again, whatever else was billed since", async () => {
  const world = await makePayingCustomer();
  const bill = (amount: string) => runOn(world, { name: "organization.invoiceOneOff", input: { amount, description: `Over ${amount}` } });
  await bill("10.00");
  const first = await reader().stripeCall.findFirstOrThrow({ where: { organizationId: world.id } });
  await refuse(first.id);
  await bill("20.00");
  const open = async () => (await findOpenCalls(reader(), world.id)).map(({ id }) => id);
  expect(await open()).toContain(first.id);
  await retry(await makeStaff("billing"), first.id);
  expect(await open()).not.toContain(first.id);
  await expect(retry(await makeStaff("billing"), first.id)).rejects.toThrow("It was asked for again already.");
  const over = (await callsOf(world)).map(({ parameters }) => (parameters as { amount: number }).amount);
  expect(over).toEqual([1_000, 2_000, 1_000]);
});

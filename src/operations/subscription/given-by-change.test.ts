import { describe, expect, test } from "vitest";
import { getOperation } from "#router/registry.ts";
import type { StaffActor } from "#server/actor.ts";
import { reader } from "#server/db.ts";
import { propose, runProposal } from "#server/proposals.ts";
import { makePayingCustomer, previewOn, subscriptionOf } from "#testing/billing-world.ts";
import { arrange, contextOf, makeStaff } from "#testing/fixtures.ts";
import type { World } from "#testing/scenarios/scenario.ts";
import { findProposal, phraseOf } from "#testing/scenarios.ts";

/** Almost a whole period is left: from team to business and back makes a little less than 50.00 for five seats. */
const currentPeriodEndsAt = new Date(Date.now() + 29.9 * 86_400_000);
const over = expect.stringMatching(/^€\d+\.\d\d is more than the €50\.00 that billing may give alone\.$/);

async function changePlan(actor: StaffActor, world: World, input: { plan: string; prorate: boolean }) {
  const context = { ...contextOf(actor), actor };
  const request = { operation: getOperation("subscription.changePlan"), context, ability: context.ability };
  const envelope = { targetId: world.id, input, reason: "As agreed", ticket: "SUP-1" };
  const { proposalId } = await propose({ ...request, envelope });
  const confirmation = await phraseOf({ operation: request.operation, targetId: world.id });
  const { awaitsApproval } = await runProposal({ ...request, proposal: await findProposal(proposalId), confirmation });
  return { awaitsApproval, reasons: (await findProposal(proposalId)).approvalReasons };
}

describe("what a change of plan or seats gives away", () => {
  test("up without a charge and down with a credit, again and again, ends at the customer's budget", async () => {
    const world = await makePayingCustomer({ currentPeriodEndsAt });
    const actor = await makeStaff("billing");
    for (const round of [0, 1, 2, 3]) {
      const up = round % 2 === 0;
      const { awaitsApproval } = await changePlan(actor, world, { plan: up ? "business" : "team", prorate: !up });
      expect(awaitsApproval, `round ${round}`).toBe(false);
    }
    const fifth = await changePlan(await makeStaff("billing"), world, { plan: "business", prorate: false });
    expect(fifth).toMatchObject({ awaitsApproval: true, reasons: [expect.stringContaining("what this customer got within 30 days")] });
    expect(await subscriptionOf(world)).toMatchObject({ planId: "team" });
    const { _sum } = await reader().stripeCall.aggregate({ where: { givenById: actor.id }, _sum: { gives: true } });
    expect(_sum.gives).toBeGreaterThan(19_000);
    expect(_sum.gives).toBeLessThanOrEqual(20_000);
  });

  test("above the threshold takes a second person, given back or not charged; what is charged takes none", async () => {
    const world = await makePayingCustomer({ currentPeriodEndsAt, seats: 20 });
    const asked = (input: Record<string, unknown>, name = "subscription.changePlan") => previewOn(world, { name, input });
    expect(await asked({ plan: "free", prorate: true })).toMatchObject({ approvalReasons: [over] });
    expect(await asked({ plan: "free", prorate: false })).toMatchObject({ approvalReasons: [] });
    expect(await asked({ seats: 5 }, "subscription.setSeats")).toMatchObject({ approvalReasons: [over] });
    expect(await asked({ seats: 19 }, "subscription.setSeats")).toMatchObject({ approvalReasons: [] });
    const small = await makePayingCustomer({ currentPeriodEndsAt: new Date(Date.now() + 30 * 86_400_000) });
    const charged = { name: "subscription.changePlan", input: { plan: "business", prorate: true } };
    expect(await previewOn(small, charged)).toMatchObject({ approvalReasons: [], amount: null });
  });

  test("is nothing in a trial", async () => {
    const world = await makePayingCustomer({ seats: 20 });
    const data = { status: "trialing", trialEndsAt: new Date("2099-01-01") } as const;
    await arrange((db) => db.subscription.update({ where: { organizationId: world.id }, data, select: { id: true } }));
    const asked = { name: "subscription.changePlan", input: { plan: "free", prorate: true } };
    expect(await previewOn(world, asked)).toMatchObject({ approvalReasons: [], amount: null });
  });
});

import { beforeEach, describe, expect, test } from "vitest";
import { getOperation } from "#router/registry.ts";
import type { StaffActor } from "#server/actor.ts";
import { writer } from "#server/db.ts";
import { propose, runProposal } from "#server/proposals.ts";
import { asOwner } from "#testing/approvals-world.ts";
import { arrange, contextOf, makeOrganization, makeStaff } from "#testing/fixtures.ts";
import { makePaidInvoice } from "#testing/scenarios/billing.ts";
import { approveAs, findProposal } from "#testing/scenarios.ts";

type World = Awaited<ReturnType<typeof makeOrganization>>;

// By default: 50.00 at once, 500.00 a day for each staff member, 200.00 in 30 days for each customer.
beforeEach(() => asOwner(`DELETE FROM "Setting" WHERE "id" IN ('budgets', 'approvalThresholds')`));

async function credit(actor: StaffActor, world: World, amount: string) {
  const context = { ...contextOf(actor), actor };
  const request = { operation: getOperation("organization.credit"), context, ability: context.ability };
  const envelope = { targetId: world.id, input: { amount, description: "For the trouble" }, reason: "They waited long", ticket: "SUP-1" };
  const { proposalId } = await propose({ ...request, envelope });
  const { awaitsApproval } = await runProposal({ ...request, proposal: await findProposal(proposalId), confirmation: world.slug });
  return { proposalId, awaitsApproval, reasons: (await findProposal(proposalId)).approvalReasons };
}

const alone = async (...asked: Parameters<typeof credit>) => !(await credit(...asked)).awaitsApproval;
const givenTo = async ({ id: organizationId }: World) => {
  const { _sum } = await writer().ledgerEntry.aggregate({ where: { organizationId, state: { not: "failed" } }, _sum: { amount: true } });
  return _sum.amount ?? 0;
};

describe("one person alone", () => {
  test("gives up to the threshold, and not a cent more", async () => {
    const actor = await makeStaff("support");
    expect(await alone(actor, await makeOrganization(), "50.00")).toBe(true);
    const over = await credit(actor, await makeOrganization(), "50.01");
    expect(over).toMatchObject({ awaitsApproval: true, reasons: ["€50.01 is more than the €50.00 that support may give alone."] });
  });

  test("split into small ones, to one customer it stops at the customer's budget, whoever gives it", async () => {
    const world = await makeOrganization();
    for (let count = 0; count < 5; count += 1) expect(await alone(await makeStaff("support"), world, "40.00")).toBe(true);
    const sixth = await credit(await makeStaff("billing"), world, "0.01");
    expect(sixth).toMatchObject({
      awaitsApproval: true,
      reasons: [expect.stringContaining("what this customer got within 30 days would be above €200.00")],
    });
    expect(await givenTo(world)).toBe(20_000);
  });

  test("split over many customers it stops at the person's budget for a day", async () => {
    const actor = await makeStaff("support");
    for (let count = 0; count < 10; count += 1) expect(await alone(actor, await makeOrganization(), "50.00")).toBe(true);
    const next = await credit(actor, await makeOrganization(), "0.01");
    expect(next).toMatchObject({
      awaitsApproval: true,
      reasons: [expect.stringContaining("what you gave within a day would be above €500.00")],
    });
    expect(await alone(await makeStaff("support"), await makeOrganization(), "50.00"), "a colleague has a budget of their own").toBe(true);
  });

  test("refunds and credits share the budgets", async () => {
    const [actor, world] = [await makeStaff("billing"), await makeOrganization()];
    for (let count = 0; count < 4; count += 1) expect(await alone(actor, world, "45.00")).toBe(true);
    const context = { ...contextOf(actor), actor };
    const envelope = { targetId: await makePaidInvoice(world), input: { amount: "20.01" }, reason: "They waited long", ticket: "SUP-1" };
    const { preview } = await propose({ operation: getOperation("invoice.refund"), context, ability: context.ability, envelope });
    expect(preview.approvalReasons).toEqual([expect.stringContaining("what this customer got")]);
  });

  test.each(Array.from({ length: 4 }, (_, round) => round))(
    "sixteen at the same moment, each of an invoice of its own, give no more than the budget, round %i",
    async () => {
      const world = await makeOrganization();
      const asked = await Promise.all(Array.from({ length: 16 }, () => askedRefund(world)));
      const results = await Promise.allSettled(asked.map((confirm) => confirm()));
      const done = results.filter((result) => result.status === "fulfilled" && !result.value.awaitsApproval);
      expect(done).toHaveLength(10);
      expect(await givenTo(world)).toBe(20_000);
    },
  );
});

/** A refund of 20.00 that somebody has prepared; the answer confirms it. */
async function askedRefund(world: World) {
  const actor = await makeStaff("billing");
  const context = { ...contextOf(actor), actor };
  const request = { operation: getOperation("invoice.refund"), context, ability: context.ability };
  const envelope = { targetId: await makePaidInvoice(world), input: { amount: "20.00" }, reason: "They waited long", ticket: "SUP-1" };
  const { proposalId } = await propose({ ...request, envelope });
  const proposal = await findProposal(proposalId);
  const { number } = await writer().invoice.findUniqueOrThrow({ where: { id: proposal.targetId } });
  return () => runProposal({ ...request, proposal, confirmation: number });
}

describe("what does not count", () => {
  test("is what Stripe refused, and what is older", async () => {
    const [actor, world] = [await makeStaff("support"), await makeOrganization()];
    for (let count = 0; count < 5; count += 1) await credit(actor, world, "40.00");
    expect(await alone(actor, world, "40.00")).toBe(false);
    await arrange((db) =>
      db.ledgerEntry.updateMany({ where: { organizationId: world.id }, data: { state: "failed", settledAt: new Date() } }),
    );
    expect(await alone(actor, world, "40.00")).toBe(true);

    const other = await makeOrganization();
    for (let count = 0; count < 5; count += 1) await credit(await makeStaff("support"), other, "40.00");
    expect(await alone(actor, other, "40.00")).toBe(false);
    await asOwner(`UPDATE "LedgerEntry" SET "createdAt" = now() - interval '31 days' WHERE "organizationId" = $1`, other.id);
    expect(await alone(actor, other, "40.00")).toBe(true);
  });
});

test("a second person's word lets it go beyond, and it counts for whoever asked", async () => {
  const [actor, world] = [await makeStaff("support"), await makeOrganization()];
  const { proposalId, awaitsApproval } = await credit(actor, world, "450.00");
  expect(awaitsApproval).toBe(true);
  expect(await givenTo(world)).toBe(0);
  await approveAs(await makeStaff("operations"), proposalId);
  expect(await givenTo(world)).toBe(45_000);
  expect(await alone(actor, await makeOrganization(), "50.01")).toBe(false);
  expect(await alone(actor, await makeOrganization(), "50.00")).toBe(true);
  expect(await alone(actor, await makeOrganization(), "0.01"), "500.00 are given").toBe(false);
});

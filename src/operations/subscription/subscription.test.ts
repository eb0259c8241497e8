import { describe, expect, test } from "vitest";
import { findInverse } from "#router/find-inverse.ts";
import type { Change } from "#server/audit/changes.ts";
import { findServiceActor } from "#server/auth/find-service-actor.ts";
import { writer } from "#server/db.ts";
import { propose, runProposal } from "#server/proposals.ts";
import { callsOf, inTenDays, makePayingCustomer, preparedOn, previewOn, runOn, subscriptionOf } from "#testing/billing-world.ts";
import { arrange, makeOrganization } from "#testing/fixtures.ts";
import { makeInvoice } from "#testing/make-invoice.ts";
import { makeApiKey } from "#testing/scenarios/integrations.ts";
import { requestOf } from "#testing/scenarios.ts";

/** A plan of this test alone is not possible, because plans are chosen from a list: the free one is made small for a moment. */
async function withSmallFreePlan(limits: { monitors: number; seats: number }, work: () => Promise<void>): Promise<void> {
  const before = await writer().plan.findUniqueOrThrow({ where: { id: "free" }, select: { monitors: true, seats: true } });
  await arrange((db) => db.plan.update({ where: { id: "free" }, data: limits, select: { id: true } }));
  await work().finally(() => arrange((db) => db.plan.update({ where: { id: "free" }, data: before, select: { id: true } })));
}

describe("changing the plan", () => {
  test("is told with its price, asks Stripe, tells the owners, and is taken back by the inverse", async () => {
    const world = await makePayingCustomer();
    const { consequences } = await previewOn(world, { name: "subscription.changePlan", input: { plan: "business", prorate: true } });
    expect(consequences[0]).toBe("From now on it costs €95.00 a month for 5 seats; before it was €45.00.");
    expect(consequences[1]).toMatch(
      /^For the time until .* are charged for business and about .* given back for team: .* more on the next/,
    );
    const { eventId } = await runOn(world, { name: "subscription.changePlan", input: { plan: "business", prorate: true } });
    expect(await subscriptionOf(world)).toMatchObject({ planId: "business", seats: 5 });
    expect(await callsOf(world)).toEqual([
      { kind: "changePlan", parameters: { subscription: world.stripe, planId: "business", seats: 5, currency: "EUR", prorate: true } },
    ]);
    const event = await writer().auditEvent.findFirstOrThrow({ where: { id: eventId } });
    const changes = (await writer().auditChange.findMany({ where: { eventId } })) as unknown as Change[];
    expect(findInverse(event, changes)?.path).toContain("subscription.changePlan?targetId=");
    expect(findInverse(event, changes)?.path).toContain("input.plan=team");
    await expect(runOn(world, { name: "subscription.changePlan", input: { plan: "business" } })).rejects.toThrow(/already/);
  });

  test("in a trial charges nothing before it ends", async () => {
    const world = await makeOrganization();
    const { consequences, effects } = await previewOn(world, { name: "subscription.changePlan", input: { plan: "business" } });
    expect(consequences).toContain("It is in a trial: nothing is charged before it ends on 1 Jan 2099.");
    expect(effects.filter((effect) => effect.startsWith("Stripe"))).toEqual([]);
  });

  test("to one that is too small is refused with what to remove; seats that nobody takes go", async () => {
    const world = await makePayingCustomer();
    const toFree = { name: "subscription.changePlan", input: { plan: "free" } };
    await withSmallFreePlan({ monitors: 0, seats: 2 }, async () => {
      const sentence = "It has 1 monitor: free allows 0, so delete 1 first. 3 members take 3 seats: free allows 2, so remove 1 first.";
      await expect(runOn(world, toFree)).rejects.toMatchObject({ code: "CONFLICT", details: { fields: { "input.plan": sentence } } });
    });
    await withSmallFreePlan({ monitors: 1, seats: 3 }, async () => {
      expect((await previewOn(world, toFree)).consequences).toContain("Its licensed seats go down from 5 to 3: free has no more.");
      await runOn(world, toFree);
    });
    expect(await subscriptionOf(world)).toMatchObject({ planId: "free", seats: 3 });
  });

  test("support may not, and a subscription that has ended has no plan to change", async () => {
    const world = await makePayingCustomer({ status: "canceled" });
    const input = { plan: "business" };
    await expect(runOn(world, { name: "subscription.changePlan", input, role: "support" })).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(runOn(world, { name: "subscription.changePlan", input })).rejects.toThrow("has ended");
  });
});

describe("cancelling", () => {
  const cancel = (when: "now" | "periodEnd") => ({ name: "subscription.cancel", input: { when } });

  test("asks for the first owner's address, and takes neither the slug nor another one", async () => {
    const world = await makePayingCustomer();
    const request = requestOf(await preparedOn(world, cancel("periodEnd")));
    const { proposalId } = await propose(request);
    const proposal = await writer().proposal.findUniqueOrThrow({ where: { id: proposalId } });
    const { owner, admin } = world.people;
    for (const confirmation of [undefined, "", world.slug, admin.email, owner.name]) {
      const error = await runProposal({ ...request, proposal, confirmation }).catch((thrown: Error) => thrown);
      expect(error).toMatchObject({ code: "CONFIRMATION_REQUIRED", userMessage: "Type the person's e-mail address to confirm." });
      expect(JSON.stringify(error), "the refusal does not say it").not.toContain(owner.email);
    }
    await runProposal({ ...request, proposal, confirmation: owner.email.toUpperCase() });
    expect(await subscriptionOf(world)).toMatchObject({ status: "active", cancelAt: inTenDays });
  });

  test("says what ends when, what stops working, who is told, and what is owed", async () => {
    const world = await makePayingCustomer();
    await makeApiKey(world);
    await makeInvoice(world);
    const { consequences } = await previewOn(world, cancel("periodEnd"));
    expect(consequences).toEqual([
      expect.stringMatching(/^The team subscription ends on \d+ \w{3} \d{4}\. Until then everything works/),
      "1 API key is refused from then on.",
      "3 people can still sign in, read and export. Nothing is deleted.",
      "€45.00 of open invoices is still owed.",
      "1 owner gets an e-mail.",
    ]);
  });

  test("at once refuses its API keys, and reactivating lets them in again", async () => {
    const world = await makePayingCustomer();
    const { key } = await makeApiKey(world);
    const headers = new Headers({ authorization: `Bearer ${key}` });
    expect(await findServiceActor(headers)).toMatchObject({ actor: { organizationId: world.id } });
    await runOn(world, cancel("now"));
    expect(await subscriptionOf(world)).toMatchObject({ status: "canceled", canceledAt: expect.any(Date) });
    await expect(findServiceActor(headers)).rejects.toThrow("has ended");
    await expect(runOn(world, cancel("now"))).rejects.toThrow("ended already");
    await runOn(world, { name: "subscription.reactivate" });
    expect(await subscriptionOf(world)).toMatchObject({ status: "active", canceledAt: null });
    expect(await findServiceActor(headers)).toMatchObject({ actor: { organizationId: world.id } });
    expect((await callsOf(world)).map(({ kind }) => kind)).toEqual(["cancel", "reactivate"]);
  });

  test("at the end is called off by reactivating; without a period there is only at once", async () => {
    const world = await makePayingCustomer();
    await expect(runOn(world, { name: "subscription.reactivate" })).rejects.toThrow("not cancelled");
    await runOn(world, cancel("periodEnd"));
    await expect(runOn(world, cancel("periodEnd"))).rejects.toThrow("already");
    await runOn(world, { name: "subscription.reactivate" });
    expect(await subscriptionOf(world)).toMatchObject({ status: "active", cancelAt: null });
    const over = await makePayingCustomer({ currentPeriodEndsAt: new Date("2020-01-01") });
    await expect(runOn(over, cancel("periodEnd"))).rejects.toMatchObject({ details: { fields: { "input.when": expect.any(String) } } });
  });
});

describe("a discount", () => {
  test("above a quarter takes more than billing alone; the one before is its inverse", async () => {
    const world = await makePayingCustomer();
    await runOn(world, { name: "subscription.applyDiscount", input: { code: "LOYAL20" } });
    expect(await subscriptionOf(world)).toMatchObject({ discountCode: "LOYAL20", discountPercent: 20 });
    const again = { name: "subscription.applyDiscount", input: { code: "LOYAL20" } };
    await expect(runOn(world, again)).rejects.toThrow(/in force already/);
    const { consequences } = await previewOn(world, {
      name: "subscription.applyDiscount",
      input: { code: "PARTNER50" },
      role: "operations",
    });
    expect(consequences[0]).toBe("From the next invoice on a period costs €22.50; now it is €36.00.");
    await runOn(world, { name: "subscription.applyDiscount", input: { code: "PARTNER50" }, role: "operations" });
    expect((await callsOf(world)).map(({ parameters }) => parameters)).toEqual([
      { subscription: world.stripe, code: "LOYAL20" },
      { subscription: world.stripe, code: "PARTNER50" },
    ]);
  });

  test("with a code that there is not is refused at its field", async () => {
    const world = await makePayingCustomer();
    await expect(runOn(world, { name: "subscription.applyDiscount", input: { code: "FREE100" } })).rejects.toMatchObject({
      details: { fields: { "input.code": "There is no such code." } },
    });
  });
});

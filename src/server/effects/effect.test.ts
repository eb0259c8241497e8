import { describe, expect, test } from "vitest";
import { trialExtended } from "#domain/mails/trial-extended.ts";
import { transaction } from "#server/db.ts";
import { previewOperation } from "#server/run-operation.ts";
import { asRole } from "#testing/database.ts";
import { contextOf, impersonating, makeOrganization, makeStaff } from "#testing/fixtures.ts";
import { prepare, requestOf, runAsPeopleDo } from "#testing/scenarios.ts";
import type { WhileImpersonating } from "./boundary.ts";
import { type Effect, enqueue } from "./effect.ts";
import { mail } from "./mail.ts";

const to = { email: "somebody@customer.example", name: "Some Body" };
const data = { organizationName: "Northwind", trialEndsAt: "2027-03-12T23:59:59Z" };

test("a preview tells what would follow, by name and not by address, and puts nothing into the queue", async () => {
  const prepared = await prepare("subscription.extendTrial");
  const before = await jobsOf(prepared.world.id);
  const { effects } = await previewOperation(requestOf(prepared));
  expect(effects).toEqual([`E-mail “Your trial was extended” to ${prepared.world.people.owner.name}`]);
  expect(await jobsOf(prepared.world.id)).toEqual(before);
});

test("a run puts each effect into the queue once, with the run that caused it", async () => {
  const prepared = await prepare("subscription.extendTrial");
  const { eventId } = await runAsPeopleDo(prepared);
  const jobs = await jobsOf(prepared.world.id);
  expect(jobs).toMatchObject([
    { name: "mail", data: { payload: { mail: "trialExtended", to: { email: prepared.world.people.owner.email } }, origin: { eventId } } },
  ]);
});

test("what is rolled back leaves nothing in the queue", async () => {
  const world = await makeOrganization();
  const context = { ...contextOf(await makeStaff("support")), actor: await makeStaff("support") };
  const failing = transaction(async (db) => {
    await enqueue(db, [mail(trialExtended, { to, data })], { context, eventId: "evt", organizationId: world.id });
    throw new Error("Rolled back");
  });
  await expect(failing).rejects.toThrow("Rolled back");
  expect(await jobsOf(world.id)).toEqual([]);
});

describe("inside an impersonation", () => {
  test.each<[WhileImpersonating, number, boolean]>([
    ["suppress", 0, false],
    ["tag", 1, true],
    ["allow", 1, false],
  ])("an effect that says %s is sent %i times", async (whileImpersonating, sent, named) => {
    const world = await makeOrganization();
    const actor = await makeStaff("support");
    const context = { ...contextOf(actor, impersonating({ id: "imp_1", world, person: world.people.member.actor })), actor };
    const effect: Effect = { ...mail(trialExtended, { to, data }), whileImpersonating };
    await transaction((db) => enqueue(db, [effect], { context, eventId: "evt", organizationId: world.id }));
    const jobs = await jobsOf(world.id);
    expect(jobs).toHaveLength(sent);
    const both = { actor: actor.label, onBehalfOf: world.people.member.name };
    if (jobs[0]) expect(jobs[0].data.origin.actedBy).toEqual(named ? both : null);
  });
});

function jobsOf(organizationId: string): Promise<{ name: string; data: { origin: { actedBy: unknown } } }[]> {
  return asRole("superuser", async (client) => {
    const { rows } = await client.query(`SELECT name, data FROM pgboss.job WHERE data -> 'origin' ->> 'organizationId' = $1`, [
      organizationId,
    ]);
    return rows;
  });
}

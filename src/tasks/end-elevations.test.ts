import { expect, test } from "vitest";
import { reader } from "#server/db.ts";
import { makeOrganization } from "#testing/fixtures.ts";
import { queuedJobs } from "#testing/queued-jobs.ts";
import { elevate } from "#testing/scenarios/people.ts";
import { endElevationsTask } from "./end-elevations.ts";

const roleOf = (id: string) =>
  reader().membership.findUniqueOrThrow({ where: { id }, select: { role: true, elevatedRole: true, elevatedUntil: true } });
const eventsOf = (targetId: string) =>
  reader().auditEvent.findMany({
    where: { targetId, operation: "membership.expireElevation" },
    select: { outcome: true, actorType: true },
  });
const mailsTo = (email: string) => queuedJobs("mail", (payload) => JSON.stringify(payload).includes(email));

test("when a lent role has ended, its holder is told once, however many workers look; one that runs on stays", async () => {
  const { people } = await makeOrganization();
  const [ended, running] = [people.member, people.admin];
  await elevate(ended.membershipId, "admin", new Date(Date.now() - 1_000));
  await elevate(running.membershipId, "owner");
  await Promise.all([endElevationsTask.run(), endElevationsTask.run(), endElevationsTask.run()]);
  await endElevationsTask.run();
  expect(await roleOf(ended.membershipId)).toEqual({ role: "member", elevatedRole: null, elevatedUntil: null });
  expect(await roleOf(running.membershipId)).toMatchObject({ elevatedRole: "owner" });
  expect(await eventsOf(ended.membershipId)).toEqual([{ outcome: "succeeded", actorType: "system" }]);
  expect(await eventsOf(running.membershipId)).toEqual([]);
  const jobs = await mailsTo(ended.email);
  expect(jobs).toHaveLength(1);
  expect(JSON.stringify(jobs)).toContain("elevationEnded");
  expect(await mailsTo(running.email)).toEqual([]);
});

import { describe, expect, test } from "vitest";
import { getOperation } from "#router/registry.ts";
import { writer } from "#server/db.ts";
import { runOperation } from "#server/run-operation.ts";
import { asRole } from "#testing/database.ts";
import { arrange, makeOrganization, makeStaff } from "#testing/fixtures.ts";
import { makeAccessRequest } from "#testing/scenarios/support-access.ts";
import { requestOf } from "#testing/scenarios.ts";
import { arrangeAccess, runNamed, startImpersonation } from "#testing/support-access-world.ts";

describe("a request for access", () => {
  test("is mailed to the owners, answered once, and holds for as long as was said", async () => {
    const { staff, world } = await arrangeAccess("askFirst", {});
    const targetId = world.people.member.membershipId;
    await runNamed("accessRequest.create", { world, actor: staff, targetId });
    await expect(runNamed("accessRequest.create", { world, actor: staff, targetId })).rejects.toMatchObject({ code: "CONFLICT" });
    const { id } = await writer().accessRequest.findFirstOrThrow({ where: { organizationId: world.id } });
    const jobs = await asRole("superuser", (client) =>
      client.query(`SELECT data FROM pgboss.job WHERE name = 'mail' AND data->'payload'->'data'->>'slug' = $1`, [world.slug]),
    );
    expect(jobs.rows.map(({ data }) => [data.payload.mail, data.payload.to.email])).toEqual([
      ["accessRequested", world.people.owner.email],
    ]);
    const answer = { world, actor: world.people.admin.actor, targetId: id };
    await runNamed("accessRequest.allow", { ...answer, input: { duration: "day" } });
    await expect(runNamed("accessRequest.allow", { ...answer, input: { duration: "week" } })).rejects.toMatchObject({ code: "CONFLICT" });
    const { allowedUntil, answeredAt, answeredByLabel } = await writer().accessRequest.findUniqueOrThrow({ where: { id } });
    expect((allowedUntil?.getTime() ?? 0) - (answeredAt?.getTime() ?? 0)).toBe(24 * 3_600_000);
    expect(answeredByLabel).toBe(world.people.admin.name);
  });

  test("that nobody answered in time cannot be allowed any more", async () => {
    const { staff, world } = await arrangeAccess("askFirst", {});
    const id = await makeAccessRequest({ staff, world });
    await asRole("superuser", (client) => client.query(`UPDATE "AccessRequest" SET "expiresAt" = now() WHERE "id" = $1`, [id]));
    await expect(
      runNamed("accessRequest.allow", { world, actor: world.people.owner.actor, targetId: id, input: { duration: "hour" } }),
    ).rejects.toMatchObject({ code: "CONFLICT" });
  });

  test("cannot be answered by members, by another organization's owner or by staff, nor withdrawn by a colleague", async () => {
    const { staff, world } = await arrangeAccess("askFirst", {});
    const id = await makeAccessRequest({ staff, world });
    const other = await makeOrganization();
    const tries = [
      [world.people.member.actor, "FORBIDDEN"],
      [other.people.owner.actor, "NOT_FOUND"],
      [staff, "FORBIDDEN"],
      [await makeStaff("admin"), "FORBIDDEN"],
    ] as const;
    for (const [actor, code] of tries) {
      for (const name of ["accessRequest.allow", "accessRequest.refuse"] as const) {
        const input = name === "accessRequest.allow" ? { duration: "hour" } : {};
        await expect(runNamed(name, { world, actor, targetId: id, input }), `${name} ${actor.label}`).rejects.toMatchObject({ code });
      }
    }
    await expect(runNamed("accessRequest.withdraw", { world, actor: await makeStaff("admin"), targetId: id })).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    expect(await writer().accessRequest.findUniqueOrThrow({ where: { id } })).toMatchObject({ state: "pending", allowedUntil: null });
  });

  test("allowed and withdrawn at the same moment ends in one of the two, and never lets anybody in after the withdrawal", async () => {
    for (let round = 0; round < 6; round += 1) {
      const arranged = await arrangeAccess("askFirst", {});
      const { staff, world } = arranged;
      const id = await makeAccessRequest({ staff, world });
      const results = await Promise.allSettled([
        runNamed("accessRequest.allow", { world, actor: world.people.owner.actor, targetId: id, input: { duration: "hour" } }),
        runOperation(requestOf({ operation: getOperation("accessRequest.withdraw"), world, actor: staff, targetId: id, input: {} })),
      ]);
      expect(results[1].status).toBe("fulfilled");
      expect(await writer().accessRequest.findUniqueOrThrow({ where: { id } })).toMatchObject({ state: "withdrawn", allowedUntil: null });
      await expect(startImpersonation(arranged)).rejects.toMatchObject({ code: "FORBIDDEN" });
    }
  });
});

test("the database takes no consent without an end, none longer than a week, and an answer that is no consent has none", async () => {
  const { staff, world } = await arrangeAccess("askFirst", {});
  const id = await makeAccessRequest({ staff, world });
  const set = (changes: string) => arrange((db) => db.$executeRawUnsafe(`UPDATE "AccessRequest" SET ${changes} WHERE "id" = $1`, id));
  await expect(set(`"state" = 'allowed', "answeredAt" = now()`)).rejects.toThrow(/allowed_until/);
  await expect(set(`"state" = 'allowed', "answeredAt" = now(), "allowedUntil" = now() + interval '8 days'`)).rejects.toThrow(/a_week/);
  await expect(set(`"state" = 'refused', "allowedUntil" = now()`)).rejects.toThrow(/allowed_until/);
});

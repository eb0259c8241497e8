import { describe, expect, test } from "vitest";
import { procedureContext } from "#router/procedure-context.ts";
import type { Context } from "#server/actor.ts";
import { arrange, emptyContext, findEvents, impersonating, makeOrganization, makeStaff } from "#testing/fixtures.ts";
import { makeExport } from "#testing/scenarios/integrations.ts";
import { downloadExport } from "./download-export.ts";

const content = new TextEncoder().encode("the file");
const day = 86_400_000;

async function arrangeExport({ expiresAt = new Date(Date.now() + day) } = {}) {
  const world = await makeOrganization();
  const id = await makeExport(world);
  await arrange(async (db) => {
    await db.dataExportFile.create({ data: { id, content }, select: { id: true } });
    await db.dataExport.update({ where: { id }, data: { state: "ready", readyAt: new Date(), expiresAt }, select: { id: true } });
  });
  const download = (context: Partial<Context>, slug = world.slug) =>
    downloadExport(procedureContext({ ...emptyContext(), ...context }), { slug, id });
  return { world, id, download };
}

const eventsOf = async (id: string) => (await findEvents({ operation: "dataExport.download", targetId: id })).map(({ outcome }) => outcome);

test("an owner gets the file, and each time is an event", async () => {
  const { world, id, download } = await arrangeExport();
  const { actor } = world.people.owner;
  const { content: got, fileName } = await download({ actor });
  expect(new Uint8Array(got)).toEqual(content);
  expect(fileName).toBe(`${world.slug}-${id}.zip`);
  await download({ actor });
  expect(await eventsOf(id)).toEqual(["succeeded", "succeeded"]);
});

describe("nobody else does", () => {
  test.each(["admin", "member"] as const)("not a %s of the same organization", async (role) => {
    const { world, id, download } = await arrangeExport();
    await expect(download({ actor: world.people[role].actor })).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await eventsOf(id)).toEqual(["denied"]);
  });

  test("not an owner of another organization, whichever name the address has: as if there were none", async () => {
    const { world, download } = await arrangeExport();
    const other = await makeOrganization();
    for (const slug of [world.slug, other.slug])
      await expect(download({ actor: other.people.owner.actor }, slug)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  test("not staff, in their own person or in the owner's seat", async () => {
    const { world, id, download } = await arrangeExport();
    const actor = await makeStaff("admin");
    await expect(download({ actor })).rejects.toMatchObject({ code: "FORBIDDEN" });
    const seat = impersonating({ id: "imp_test", world, person: world.people.owner.actor });
    await expect(download({ actor, ...seat })).rejects.toMatchObject({ code: "IMPERSONATION_REFUSED" });
    expect(await eventsOf(id)).toEqual(["denied", "denied"]);
  });

  test("not somebody who is not signed in", async () => {
    const { download } = await arrangeExport();
    await expect(download({})).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
  });
});

test("after it expired there is no file, also where nobody has deleted it yet", async () => {
  const { world, id, download } = await arrangeExport({ expiresAt: new Date(Date.now() - 1_000) });
  await expect(download({ actor: world.people.owner.actor })).rejects.toMatchObject({ code: "EXPIRED" });
  expect(await eventsOf(id)).toEqual(["denied"]);
});

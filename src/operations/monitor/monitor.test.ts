import { describe, expect, test } from "vitest";
import { getOperation } from "#router/registry.ts";
import { reader } from "#server/db.ts";
import { runOperation } from "#server/run-operation.ts";
import { arrange, contextOf, makeOrganization } from "#testing/fixtures.ts";

type World = Awaited<ReturnType<typeof makeOrganization>>;

function create(world: World, input: Record<string, unknown> = {}, who: keyof World["people"] = "owner") {
  const { actor } = world.people[who];
  const context = contextOf(actor);
  const envelope = { targetId: world.id, input: { name: "One more", schedule: "interval", graceMinutes: 1, ...input } };
  return runOperation({ operation: getOperation("monitor.create"), context: { ...context, actor }, ability: context.ability, envelope });
}

const every = { intervalMinutes: 5 };
const countOf = (world: World) => reader().monitor.count({ where: { organizationId: world.id } });

async function fillUp(world: World, count: number): Promise<void> {
  const data = Array.from({ length: count }, () => ({ organizationId: world.id, name: "m", intervalSeconds: 60, graceSeconds: 60 }));
  await arrange((db) => db.monitor.createMany({ data }));
}

describe("the plan's limit", () => {
  test("lets one of two at once through where one is left", async () => {
    const world = await makeOrganization();
    await fillUp(world, 3);
    const outcomes = await Promise.allSettled([create(world, every), create(world, every, "admin"), create(world, every, "member")]);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const outcome of outcomes) if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ code: "CONFLICT" });
    expect(await countOf(world)).toBe(5);
  });

  test("says what it is and who can change it; an organization's own limit counts instead", async () => {
    const world = await makeOrganization();
    await arrange((db) => db.limitOverride.create({ data: { organizationId: world.id, monitors: 1 }, select: { id: true } }));
    await expect(create(world, every)).rejects.toMatchObject({
      userMessage: `${world.name} may have 1 monitor, and has 1. Delete one, or have an owner choose a larger plan.`,
    });
    await arrange((db) => db.limitOverride.updateMany({ where: { organizationId: world.id }, data: { monitors: 2 } }));
    await create(world, every);
    expect(await countOf(world)).toBe(2);
  });
});

describe("a schedule", () => {
  const refusals: [string, Record<string, unknown>, string][] = [
    ["an interval without minutes", {}, "input.intervalMinutes"],
    ["an interval of a fraction", { intervalMinutes: 1.5 }, "input.intervalMinutes"],
    ["a cron schedule without an expression", { schedule: "cron", timeZone: "UTC" }, "input.cron"],
    ["a cron schedule without a zone", { schedule: "cron", cron: "0 3 * * *" }, "input.timeZone"],
    ["an expression that never comes true", { schedule: "cron", cron: "0 0 30 2 *", timeZone: "UTC" }, "input.cron"],
    ["a zone that does not exist", { schedule: "cron", cron: "0 3 * * *", timeZone: "Mars/Olympus" }, "input.timeZone"],
    ["no grace", { ...every, graceMinutes: 0 }, "input.graceMinutes"],
    ["something else", { schedule: "sometimes" }, "input.schedule"],
  ];
  test.each(refusals)("%s is refused at its field", async (_what, input, field) => {
    const creating = create(await makeOrganization(), input);
    await expect(creating).rejects.toMatchObject({ code: "INVALID_INPUT", details: { fields: { [field]: expect.any(String) } } });
  });

  test("keeps the columns of its kind alone, and the zone's own spelling", async () => {
    const world = await makeOrganization();
    const { output } = await create(world, { schedule: "cron", cron: "0 3 * * *", timeZone: "europe/berlin", intervalMinutes: 60 });
    const { monitorId } = output as { monitorId: string };
    const row = await reader().monitor.findUniqueOrThrow({ where: { id: monitorId } });
    expect(row).toMatchObject({ scheduleKind: "cron", intervalSeconds: 0, cron: "0 3 * * *", timeZone: "Europe/Berlin", state: "waiting" });
  });
});

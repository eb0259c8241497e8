import type pg from "pg";
import { beforeAll, describe, expect, test } from "vitest";
import { getOperation } from "#router/registry.ts";
import type { Context } from "#server/actor.ts";
import { listProcedures } from "#server/check-router.ts";
import { type Asker, askers, contextFor, insiders, outsiders, wordsOf } from "#testing/askers.ts";
import { callProcedure, routers, type Surface, surfaceOf } from "#testing/call-procedure.ts";
import { asRole } from "#testing/database.ts";
import { plantCanary } from "#testing/fill-with-canary.ts";
import { emptyContext, findEvents, makeOrganization, makeStaff } from "#testing/fixtures.ts";
import type { World } from "#testing/scenarios/scenario.ts";
import { envelopeOf, type Prepared, phraseOf, prepare, scenarios } from "#testing/scenarios.ts";

const names = Object.keys(scenarios) as (keyof typeof scenarios)[];

const canary = "Canary-9c41";
const steps = ["preview", "run"] as const;
const surfaces: Surface[] = ["staff", "product"];

let other: World;
beforeAll(async () => {
  other = await makeOrganization();
});

test("every procedure that changes something is an operation's preview or run, or is in the table of proposals", () => {
  const found = surfaces.flatMap((surface) => listProcedures(routers[surface]).map(({ path, type }) => ({ path, type })));
  const changing = new Set(found.filter(({ type }) => type !== "query").map(({ path }) => path));
  const operations = names.flatMap((name) => steps.map((step) => `operations.${name}.${step}`));
  expect([...changing].sort()).toEqual([...operations, "proposals.approve", "proposals.confirm"].sort());
});

test("every operation × everybody × own, other and absent target is as in the committed table; who has no right is told nothing", async () => {
  const lines: string[] = [];
  await asRole("superuser", async (client) => {
    for (const name of names) {
      const worlds: Worlds = { own: null, foreign: null };
      for (const asker of askers) lines.push(`| ${name} | ${asker} | ${(await answersFor(client, name, asker, worlds)).join(" | ")} |`);
    }
  });
  const head = ["operation", "who", ...steps.flatMap((step) => [`${step} own`, "other", "absent"])];
  const table = [`| ${head.join(" | ")} |`, `|${" --- |".repeat(head.length)}`, ...lines].join("\n");
  await expect(`${table}\n`).toMatchFileSnapshot("./permission-matrix.md");
}, 600_000);

describe("a refusal", () => {
  test("changes nothing and is an event", async () => {
    const prepared = await prepare("organization.suspend");
    const viewer = await makeStaff("viewer");
    await expect(ask(prepared, { ...emptyContext(), actor: viewer }, "run", prepared.targetId)).resolves.toBe("FORBIDDEN");
    const events = await findEvents({ actorId: viewer.id });
    expect(events).toMatchObject([
      { operation: "organization.suspend", outcome: "denied", targetId: prepared.targetId, reason: "A test of it" },
    ]);
  });
});

type Worlds = { own: Prepared | null; foreign: Prepared | null };

/** What was refused has changed nothing: the next one asks in the same worlds, until something runs. */
async function answersFor(client: pg.Client, name: keyof typeof scenarios, asker: Asker, worlds: Worlds): Promise<string[]> {
  const own = worlds.own ?? (await prepareWithCanary(client, name));
  const foreign = worlds.foreign ?? (await prepareWithCanary(client, name));
  const context = await contextFor(asker, { ...own, other });
  const absent = own.targetId === "system" ? "absent" : own.targetId.replace(/.{6}$/, "000000");
  const [blind, blindAbroad] = [outsiders.has(asker), outsiders.has(asker) || insiders.has(asker)];
  const cells: string[] = [];
  for (const step of steps) {
    cells.push(
      await ask(own, context, step, own.targetId, blind),
      await ask(foreign, context, step, foreign.targetId, blindAbroad),
      await ask(own, context, step, absent, blind),
    );
  }
  const [onOwn, onForeign, onAbsent] = cells.slice(3).map((answer) => answer === "runs");
  worlds.own = onOwn || onAbsent ? null : own;
  worlds.foreign = onForeign ? null : foreign;
  return cells;
}

async function prepareWithCanary(client: pg.Client, name: keyof typeof scenarios): Promise<Prepared> {
  const prepared = await prepare(name);
  await plantCanary(client, canary, { table: prepared.operation.target, id: prepared.targetId });
  return prepared;
}

/** Through the procedure, as the network would; "nobody" through that of either area. */
async function ask(prepared: Prepared, context: Context, step: (typeof steps)[number], targetId: string, blind = false): Promise<string> {
  const { actor } = context;
  const { name } = prepared.operation;
  const path = `operations.${name}.${step}`;
  const envelope = envelopeOf({ ...prepared, targetId, actor: actor ?? prepared.actor });
  const confirmation = step === "run" ? { confirmation: await phraseOf({ operation: getOperation(name), targetId }) } : {};
  const input = { ...envelope, ...confirmation };
  const asked = actor === null ? surfaces : [surfaceOf(context)];
  const answers = await Promise.all(asked.map((surface) => callProcedure({ surface, path, type: "mutation", input, context })));
  const told = answers.flatMap(({ text }) => [canary, ...wordsOf(prepared.world)].filter((words) => text.includes(words)));
  if (blind) expect(told, `what ${path} says to ${actor?.label}`).toEqual([]);
  // Staff who may are asked for the preview: that is as far as a direct run of a risky operation goes.
  const words = { CONFIRMATION_REQUIRED: "may, by proposal", none: step === "run" ? "runs" : "shows" };
  const codes = new Set(answers.map(({ refusal }) => words[(refusal ?? "none") as keyof typeof words] ?? refusal));
  return [...codes].join(" or ");
}

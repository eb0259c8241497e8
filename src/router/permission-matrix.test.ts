import { beforeAll, describe, expect, test } from "vitest";
import { staffRoleNames } from "#domain/roles.ts";
import { getOperation } from "#router/registry.ts";
import type { Context } from "#server/actor.ts";
import type { AppError } from "#server/errors.ts";
import { runOperation } from "#server/run-operation.ts";
import { arrange, contextOf, emptyContext, findEvents, impersonating, makeOrganization, makeStaff } from "#testing/fixtures.ts";
import { visitor } from "#testing/scenarios/accounts.ts";
import { makeProgram } from "#testing/scenarios/integrations.ts";
import type { World } from "#testing/scenarios/scenario.ts";
import { envelopeOf, type Prepared, phraseOf, prepare, scenarios } from "#testing/scenarios.ts";

/** Who asks: everybody there is, each beside the target's own organization, another one, and an absent target. */
const customerRoles = ["owner", "customer admin", "member", "member here, owner elsewhere"] as const;
const askers = [
  "nobody",
  "visitor",
  ...customerRoles,
  "someone without organization",
  ...staffRoleNames,
  "staff without role",
  "staff viewing as owner",
  "a program with an API key",
] as const;
type Asker = (typeof askers)[number];
const names = Object.keys(scenarios) as (keyof typeof scenarios)[];

let other: World;
beforeAll(async () => {
  other = await makeOrganization();
});

test("every operation × everybody × own, other and absent target is as in the committed table", async () => {
  const lines: string[] = [];
  for (const name of names) {
    const worlds: Worlds = { own: null, foreign: null };
    for (const asker of askers) lines.push(`| ${name} | ${asker} | ${(await answersFor(name, asker, worlds)).join(" | ")} |`);
  }
  const table = ["| operation | who | own | other | absent |", "| --- | --- | --- | --- | --- |", ...lines].join("\n");
  await expect(`${table}\n`).toMatchFileSnapshot("./permission-matrix.md");
}, 600_000);

describe("a refusal", () => {
  test("changes nothing and is an event", async () => {
    const prepared = await prepare("organization.suspend");
    const viewer = await makeStaff("viewer");
    await expect(ask(prepared, { ...emptyContext(), actor: viewer }, prepared.targetId)).resolves.toBe("FORBIDDEN");
    const events = await findEvents({ actorId: viewer.id });
    expect(events).toMatchObject([
      { operation: "organization.suspend", outcome: "denied", targetId: prepared.targetId, reason: "A test of it" },
    ]);
  });
});

type Worlds = { own: Prepared | null; foreign: Prepared | null };

/** What was refused has changed nothing: the next one asks in the same worlds, until something runs. */
async function answersFor(name: keyof typeof scenarios, asker: Asker, worlds: Worlds): Promise<string[]> {
  const own = worlds.own ?? (await prepare(name));
  const foreign = worlds.foreign ?? (await prepare(name));
  const context = await contextFor(asker, own);
  const absent = own.targetId === "system" ? "absent" : own.targetId.replace(/.{6}$/, "000000");
  const answers = [
    await ask(own, context, own.targetId),
    await ask(foreign, context, foreign.targetId),
    await ask(own, context, absent),
  ] as const;
  const [onOwn, onForeign, onAbsent] = answers.map((answer) => answer === "runs");
  worlds.own = onOwn || onAbsent ? null : own;
  worlds.foreign = onForeign ? null : foreign;
  return [...answers];
}

async function ask(prepared: Prepared, given: Context, targetId: string): Promise<string> {
  const { actor } = given;
  if (!actor) return "UNAUTHENTICATED";
  const { ability, ...context } = contextOf(actor, given);
  const confirmation = await phraseOf({ operation: getOperation(prepared.operation.name), targetId });
  try {
    await runOperation({
      operation: prepared.operation,
      context: { ...context, actor },
      ability,
      envelope: { ...envelopeOf({ ...prepared, targetId, actor }), confirmation },
    });
    return "runs";
  } catch (error) {
    // Staff who may are asked for the preview: that is as far as a direct run of a risky operation goes.
    const { code } = error as AppError;
    return code === "CONFIRMATION_REQUIRED" ? "may, by proposal" : code;
  }
}

async function contextFor(asker: Asker, { world, targetId }: Prepared): Promise<Context> {
  const context = emptyContext();
  if (asker === "nobody") return context;
  if (asker === "visitor") return { ...context, actor: visitor };
  if (asker === "staff without role") return { ...context, actor: await makeStaff() };
  if (asker === "someone without organization")
    return { ...context, actor: { ...other.people.member.actor, id: "usr_nobody", memberships: [] } };
  if (asker === "staff viewing as owner") {
    return { ...context, actor: await makeStaff("support"), ...impersonating({ id: targetId, world, person: world.people.owner.actor }) };
  }
  if (asker === "a program with an API key") return { ...context, actor: await makeProgram(world) };
  if (asker === "owner" || asker === "member") return { ...context, actor: world.people[asker].actor };
  if (asker === "member here, owner elsewhere") {
    const { actor } = world.people.member;
    await arrange((db) =>
      db.membership.create({ data: { organizationId: other.id, userId: actor.id, role: "owner" }, select: { id: true } }),
    );
    return { ...context, actor: { ...actor, memberships: [{ organizationId: other.id, role: "owner" }, ...actor.memberships] } };
  }
  if (asker === "customer admin") return { ...context, actor: world.people.admin.actor };
  return { ...context, actor: await makeStaff(asker) };
}

import { beforeAll, expect, test } from "vitest";
import { staffRoleNames } from "#domain/roles.ts";
import { procedureContext } from "#router/procedure-context.ts";
import { staffRouter } from "#router/staff-router.ts";
import type { Actor, Context, StaffActor } from "#server/actor.ts";
import { listProcedures } from "#server/check-router.ts";
import { createCallerFactory } from "#server/trpc.ts";
import { callProcedure, routers, type Surface } from "#testing/call-procedure.ts";
import { asRole } from "#testing/database.ts";
import { columnsForCanaries, fillWithCanary } from "#testing/fill-with-canary.ts";
import { emptyContext, findEvents, impersonating, makeOrganization, makeStaff } from "#testing/fixtures.ts";
import { readInputs } from "#testing/read-inputs.ts";
import { makeClosures, makeSatellites } from "#testing/satellites.ts";
import { makeProgram } from "#testing/scenarios/integrations.ts";
import type { World } from "#testing/scenarios/scenario.ts";
import { prepare, runAsPeopleDo } from "#testing/scenarios.ts";

const canary = "Canary-7f3a";
const surfaces: Surface[] = ["staff", "product"];

let world: World;
let inputs: Record<Surface, Record<string, unknown>>;
let filled: string[];
let people: Record<string, Context>;

beforeAll(async () => {
  world = await makeOrganization({ canary });
  const support = await makeStaff("support");
  const ids = await makeSatellites(world, support);
  await makeClosures(world.id);
  inputs = readInputs({ world, ids, words: canary });
  people = await everybody(support);
  filled = await fillWithCanary(canary, [world.id, ids.bulkRun, support.id, ...Object.values(world.people).map(({ id }) => id)]);
});

/** Texts that no row of an organization holds, with the reason. */
const notFilled: Record<string, string> = {
  "Alarm.actorIds": "database roles",
  "Plan.name": "everybody's",
  "Setting.value": "everybody's",
  "SignUp.email": "nobody's yet",
  "SignUp.name": "nobody's yet",
  "SignUp.organizationName": "nobody's yet",
  "_prisma_migrations.logs": "the database's own",
};

test("the canary stands in every text of every table", async () => {
  const all = (await columnsForCanaries()).map(({ table, name }) => `${table}.${name}`);
  expect(all.filter((column) => !filled.includes(column))).toEqual(Object.keys(notFilled));
});

test.each(surfaces)("every read of the %s area has a line here", (surface) => {
  const reads = listProcedures(routers[surface]).filter(({ type }) => type === "query");
  expect(reads.map(({ path }) => path).sort()).toEqual(Object.keys(inputs[surface]).sort());
});

/** Reads that nobody sees a canary in, with the reason. */
const showsNoWords: Record<string, string> = {
  "staff audit.beginExport": "it names the export; its rows follow by a route",
  "staff bulk.form": "the form of an operation",
  "staff bulk.operations": "the operations themselves",
  "staff bulk.progress": "numbers",
  "staff jobs.counts": "numbers",
  "staff jobs.failures": "numbers",
  "staff reviews.summary": "numbers",
  "staff settings.get": "no organization's",
  "staff settings.list": "no organization's",
};

test("every read × everybody is as in the committed table; whoever has a right sees the canary, nobody else does", async () => {
  const lines: string[] = [];
  const unseen: string[] = [];
  for (const surface of surfaces) {
    for (const path of Object.keys(inputs[surface])) {
      let seen = false;
      for (const [who, context] of Object.entries(people)) {
        const { answer, text } = await read(surface, path, context);
        const sees = text.toLowerCase().includes(canary.toLowerCase());
        const clear = Object.values(world.people).some(({ email }) => text.includes(email));
        if (surface === "staff" && hidesPersonalData.has(who)) expect(clear, `${who} reads an address in ${path}`).toBe(false);
        if (mayNotSee.has(who)) expect(sees, `${who} reads ${path}: ${text}`).toBe(false);
        seen ||= sees;
        lines.push(`| ${surface} | ${path} | ${who} | ${answer}${sees ? ", sees it" : ""}${clear ? ", with addresses" : ""} |`);
      }
      if (!seen) unseen.push(`${surface} ${path}`);
    }
  }
  expect(unseen.sort()).toEqual(Object.keys(showsNoWords));
  await expect(`${["| area | read | who | answer |", "| --- | --- | --- | --- |", ...lines].join("\n")}\n`).toMatchFileSnapshot(
    "./read-matrix.md",
  );
}, 120_000);

test("who reveals a person's data sees it on that person's pages, and only they do; it ends by the database's clock", async () => {
  const { email } = world.people.owner;
  const actor = await makeStaff("support");
  const see = async (who: Actor, path: string) => (await read("staff", path, { ...emptyContext(), actor: who })).text.includes(email);
  expect(await see(actor, "users.get")).toBe(false);
  const prepared = await prepare("user.revealPersonalData");
  const { eventId } = await runAsPeopleDo({ ...prepared, actor, targetId: world.people.owner.id });
  expect(await findEvents({ id: eventId })).toMatchObject([{ reason: "A test of it", targetId: world.people.owner.id, actorId: actor.id }]);
  expect(await see(actor, "users.get")).toBe(true);
  expect(await see(actor, "users.list")).toBe(false);
  expect(await see(await makeStaff("support"), "users.get")).toBe(false);
  await asRole("superuser", (client) =>
    client.query(`UPDATE "PersonalDataReveal" SET "expiresAt" = now() WHERE "staffMemberId" = $1`, [actor.id]),
  );
  expect(await see(actor, "users.get")).toBe(false);
});

test("a page address by e-mail holds no e-mail", async () => {
  const context = { ...emptyContext(), actor: await makeStaff("support") };
  for (let count = 0; count < 17; count += 1) await makeOrganization();
  const caller = createCallerFactory(staffRouter)(procedureContext(context));
  const first = await caller.users.list({ sort: "email" });
  expect(Buffer.from(first.next ?? "", "base64url").toString()).not.toContain("@");
  const second = await caller.users.list({ sort: "email", after: first.next ?? "" });
  expect(second.rows.length).toBeGreaterThan(0);
  const seen = new Set(first.rows.map(({ id }) => id));
  expect(second.rows.filter(({ id }) => seen.has(id))).toEqual([]);
});

test("a read that is refused is an event", async () => {
  const actor = await makeStaff();
  expect(await read("staff", "organizations.get", { ...emptyContext(), actor })).toMatchObject({ answer: "FORBIDDEN" });
  expect(await findEvents({ actorId: actor.id })).toMatchObject([{ operation: "read.organizations.get", outcome: "denied" }]);
});

test("a search is an event with its query and its hits", async () => {
  const actor = await makeStaff("viewer");
  await read("staff", "search.find", { ...emptyContext(), actor });
  expect(await findEvents({ actorId: actor.id })).toMatchObject([
    { operation: "search.run", outcome: "succeeded", metadata: { query: canary, hits: expect.any(Number) } },
  ]);
});

/** Staff to whom addresses are hidden until they reveal them. */
const hidesPersonalData = new Set(["viewer", "support"]);

const mayNotSee = new Set([
  "nobody",
  "staff without role",
  "someone without organization",
  "owner of another",
  "viewing as owner of another",
  "a program of another",
]);

async function everybody(support: StaffActor): Promise<Record<string, Context>> {
  const context = emptyContext();
  const other = await makeOrganization();
  const viewingAs = async (viewed: World): Promise<Context> => ({
    ...context,
    actor: await makeStaff("support"),
    ...impersonating({ id: "imp_x", world: viewed, person: viewed.people.owner.actor }),
  });
  const staff: [string, Context][] = [];
  for (const role of staffRoleNames) staff.push([role, { ...context, actor: role === "support" ? support : await makeStaff(role) }]);
  return {
    nobody: context,
    owner: { ...context, actor: world.people.owner.actor },
    "customer admin": { ...context, actor: world.people.admin.actor },
    member: { ...context, actor: world.people.member.actor },
    "owner of another": { ...context, actor: other.people.owner.actor },
    "someone without organization": { ...context, actor: { ...other.people.member.actor, memberships: [] } },
    ...Object.fromEntries(staff),
    "staff without role": { ...context, actor: await makeStaff() },
    "viewing as owner": await viewingAs(world),
    "viewing as owner of another": await viewingAs(other),
    "a program": { ...context, actor: await makeProgram(world) },
    "a program of another": { ...context, actor: await makeProgram(other) },
  };
}

async function read(surface: Surface, path: string, context: Context): Promise<{ answer: string; text: string }> {
  const { refusal, text } = await callProcedure({ surface, path, type: "query", input: inputs[surface][path], context });
  return { answer: refusal ?? "answers", text };
}

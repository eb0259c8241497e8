import { allOperations, getOperation } from "#router/registry.ts";
import { type AnyOperation, hasSecretInput } from "#server/operation.ts";
import { propose } from "#server/proposals.ts";
import { allowRequests } from "#testing/call-api.ts";
import { makeOrganization, makeStaff } from "#testing/fixtures.ts";
import { readInputs } from "#testing/read-inputs.ts";
import { makeSatellites } from "#testing/satellites.ts";
import { makeApiKey } from "#testing/scenarios/integrations.ts";
import type { OperationName } from "#testing/scenarios/scenario.ts";
import { requestOf, scenarios } from "#testing/scenarios.ts";
import { signedInHeaders } from "#testing/session-cookies.ts";
import {
  type BadRequest,
  badAnything,
  badCalls,
  badForms,
  badSubmissions,
  handlers,
  type Own,
  procedures,
  trickyCalls,
} from "./bad-requests.ts";
import { expect, test } from "./fixtures.ts";
import { drawer } from "./nasty.ts";
import { type Received, send } from "./raw-request.ts";
import { rowsNaming, writesOf } from "./writes-of.ts";

const seed = Number(process.env.SEED ?? 20_261_121);
const random = 300;
// In JSON, a line ends as two letters.
const stackTrace = /(?:\n|\\n)\s+at .+\(|node_modules|PrismaClient|\.ts:\d+/;
/** The guards of the addresses: what they refuse has reached nothing. */
const guarded = [405, 413, 415, 429, 431];

test(`malformed requests to every procedure and every route handler: no 5xx, no write, no stack trace (seed ${seed})`, async () => {
  test.setTimeout(240_000);
  const { own, headers, ids } = await makeOwnWorld();
  const draw = drawer(seed);
  const requests = [
    ...badCalls(draw, own),
    ...trickyCalls(own),
    ...badForms(draw, own),
    ...badSubmissions(draw, own),
    ...badAnything(draw, own, random),
  ];
  expect(requests.length).toBeGreaterThan(1_000);
  const [before, since] = [await rowsNaming(ids), new Date()];
  const answers = await sendAll(requests, headers);
  const met = answers.filter(
    ({ request, answer: { status, text } }) => request.beyond && (status === 200 || text.includes("CONFIRMATION_REQUIRED")),
  );
  expect(met.length, "previews and confirmations of this world's own").toBeGreaterThan(80);
  const statuses = new Map<number, number>();
  const [reachedProcedures, reachedRoutes, requestIds] = [new Set<string>(), new Set<string>(), [] as string[]];
  for (const { request, answer } of answers) {
    const { status, text } = answer;
    const words = JSON.stringify({ ...request, text }).slice(0, 1_500);
    expect.soft(status, words).toBeLessThan(500);
    expect.soft(text, words).not.toMatch(stackTrace);
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    requestIds.push(String(answer.headers["x-request-id"]));
    const reached =
      !guarded.includes(status) && !text.includes("There is no such procedure.") && !(status === 404 && text.startsWith("<!DOCTYPE"));
    if (reached && request.procedure) reachedProcedures.add(request.procedure);
    if (reached && request.route) reachedRoutes.add(request.route);
  }
  console.log(
    `seed ${seed}: ${requests.length} requests reached ${reachedProcedures.size} of ${procedures.length} procedures and ${reachedRoutes.size} of ${handlers.length} route handlers:`,
    Object.fromEntries([...statuses].sort()),
  );
  expect(procedures.map(({ name }) => name).filter((name) => !reachedProcedures.has(name))).toEqual([]);
  expect(handlers.map(({ path }) => path).filter((path) => !reachedRoutes.has(path))).toEqual([]);
  expect(statuses.get(429) ?? 0, "a limit hides what is behind it").toBeLessThan(requests.length / 200);
  expect(await writesOf(requestIds, since)).toEqual({ changed: [], succeeded: [], jobs: 0, unattributed: 0 });
  expect(await rowsNaming(ids)).toEqual(before);
});

async function makeOwnWorld() {
  const [staff, world] = [await makeStaff("admin"), await makeOrganization()];
  await allowRequests(world);
  const satellites = await makeSatellites(world, staff);
  const { key } = await makeApiKey(world);
  // Risky, so that no confirmation which is drawn is the right one.
  const { proposalId: proposal } = await propose(
    requestOf({ operation: getOperation("subscription.extendTrial"), actor: staff, world, targetId: world.id, input: { days: 7 } }),
  );
  const { owner } = world.people;
  const idsOf: Record<string, string> = {
    System: "system",
    Plan: "team",
    Organization: world.id,
    User: owner.id,
    Membership: world.people.member.membershipId,
    Session: owner.sessionId,
    Monitor: world.monitor.id,
    StaffMember: staff.id,
    Invitation: satellites.invitation,
    ApiKey: satellites.apiKey,
    WebhookEndpoint: satellites.webhook,
    DataExport: satellites.export,
    Job: satellites.job,
    Invoice: satellites.invoice,
    StripeCall: satellites.stripeCall,
    Impersonation: satellites.impersonation,
    AccessRequest: satellites.accessRequest,
    Proposal: proposal,
    BulkRun: satellites.bulkRun,
    Setting: "maintenance",
  };
  const idOf = ({ target }: AnyOperation) => idsOf[target] ?? `there is no ${target} here`;
  const inputs = new Map<string, Record<string, unknown>>();
  for (const operation of allOperations.filter((each) => !hasSecretInput(each)))
    inputs.set(operation.name, (await scenarios[operation.name as OperationName].input?.(world)) ?? {});
  const { invoice, bulkRun, impersonation } = satellites;
  const places = {
    "/admin/invoices/[id]/pdf": { id: invoice },
    "/admin/bulk/[id]/report": { id: bulkRun },
    "/admin/impersonations/[id]/enter": { id: impersonation },
    "/admin/proposals/[id]/approve": { id: proposal },
    "/admin/proposals/[id]/confirm": { id: proposal },
    "/admin/proposals/[id]/answer": { id: proposal },
    "/admin/organizations/[id]/exports/[exportId]/download": { id: world.id, exportId: satellites.export },
    "/admin/operations/[name]/submit": { name: "organization.rename" },
    "/o/[slug]/export/[id]/download": { slug: world.slug, id: satellites.export },
    "/o/[slug]/billing/invoices/[file]": { slug: world.slug, file: `${invoice}.pdf` },
    "/operations/[name]": { name: "organization.rename" },
    "/api/v1/[...path]": { path: `monitors/${world.monitor.id}` },
    "/admin/api/auth/[...nextauth]": { nextauth: "callback/staff" },
  };
  const cookieOf = async (surface: "staff" | "product", id: string) => (await signedInHeaders(surface, id)).get("cookie") ?? "";
  const headers = {
    staff: { cookie: await cookieOf("staff", staff.sessionId) },
    product: { cookie: await cookieOf("product", owner.sessionId) },
    program: { authorization: `Bearer ${key}` },
    nobody: { cookie: "" },
  };
  const own: Own = { idOf, places, inputs, reads: readInputs({ world, ids: satellites, words: world.slug }) };
  const people = Object.values(world.people).map(({ id }) => id);
  return { own, headers, ids: [staff.id, world.id, ...people, proposal, ...Object.values(satellites)] };
}

/** Four at a time, each that counts attempts from a place of its own. */
async function sendAll(requests: BadRequest[], headers: Record<BadRequest["as"], Record<string, string>>) {
  const answers: { request: BadRequest; answer: Received }[] = [];
  let next = 0;
  const work = async () => {
    for (let at = next++; at < requests.length; at = next++) {
      const request = requests[at] as BadRequest;
      const sent = { ...request, headers: { ...headers[request.as], ...request.headers } };
      answers.push({ request, answer: await send(sent, request.route ? at : 0) });
    }
  };
  await Promise.all(Array.from({ length: 4 }, work));
  return answers;
}

import fc from "fast-check";
import { productRouter } from "#router/product-router.ts";
import { allOperations } from "#router/registry.ts";
import { staffRouter } from "#router/staff-router.ts";
import { listProcedures } from "#server/check-router.ts";
import { asRole, setAdminUrl } from "#testing/database.ts";
import { makeOrganization, makeStaff } from "#testing/fixtures.ts";
import { signedInHeaders } from "#testing/session-cookies.ts";
import { expect, test } from "./fixtures.ts";

const seed = Number(process.env.SEED ?? 20_261_121);
const requests = 1_000;

/** Text and values that have broken other systems. */
const nasty = fc.oneof(
  fc.constantFrom<unknown>(
    "\0",
    "a\0b",
    "\ud800",
    "\udfff tail",
    "é",
    "x".repeat(5_000),
    "' OR 1=1 --",
    "../../etc/passwd",
    "<script>",
    "%00",
    "",
    " ",
    "null",
  ),
  fc.constantFrom<unknown>(
    1e308,
    -1e308,
    2 ** 53,
    -1,
    0.5,
    1e21,
    true,
    false,
    null,
    [],
    {},
    [[]],
    { not: "" },
    { contains: "%" },
    { __proto__: null },
  ),
  fc.constant(0).map(() => JSON.parse(`${"[".repeat(2_000)}${"]".repeat(2_000)}`) as unknown),
  fc.jsonValue({ maxDepth: 3 }),
  fc.string({ unit: "binary", maxLength: 40 }),
);
const absent = fc.constantFrom("org_000000000000000000000000", "usr_000000000000000000000000", "system2", "x");
const envelope = fc.record(
  {
    targetId: fc.oneof(absent, nasty),
    input: fc.oneof(nasty, fc.dictionary(fc.constantFrom("name", "days", "role", "slug", "__proto__", "x"), nasty)),
    reason: nasty,
    ticket: nasty,
    confirmation: nasty,
    proposalId: nasty,
    extra: nasty,
  },
  { requiredKeys: [] },
);
const rawBody = fc.oneof(fc.constantFrom("", "{", "[]", "null", '"x"', "{}{}", '{"targetId":'), fc.string({ maxLength: 50 }));
const contentType = fc.constantFrom(
  "application/json",
  "application/json",
  "application/json",
  "text/plain",
  "multipart/form-data; boundary=x",
  "application/x-www-form-urlencoded",
  "",
);

const procedures = [
  ...listProcedures(staffRouter).map((procedure) => ({ ...procedure, surface: "staff" as const, base: "/admin/api/trpc" })),
  ...listProcedures(productRouter).map((procedure) => ({ ...procedure, surface: "product" as const, base: "/api/trpc" })),
];
const forms = allOperations.flatMap(({ name }) => [
  { surface: "staff" as const, path: `/admin/operations/${name}/submit` },
  { surface: "product" as const, path: `/operations/${name}` },
]);
const otherForms = [
  { surface: "product" as const, path: "/sign-in/submit" },
  { surface: "product" as const, path: "/impersonation/end" },
  { surface: "staff" as const, path: "/admin/proposals/pro_000000000000000000000000/confirm" },
  { surface: "staff" as const, path: "/admin/impersonations/imp_000000000000000000000000/enter" },
];

const call = fc.oneof(
  fc.record({
    kind: fc.constant("procedure" as const),
    procedure: fc.constantFrom(...procedures),
    body: fc.oneof({ weight: 4, arbitrary: envelope.map((value) => JSON.stringify(value)) }, { weight: 1, arbitrary: rawBody }),
    type: contentType,
  }),
  fc.record({
    kind: fc.constant("form" as const),
    form: fc.constantFrom(...forms, ...otherForms),
    fields: fc.dictionary(
      fc.constantFrom(
        "targetId",
        "input.name",
        "input.days",
        "input.role",
        "reason",
        "ticket",
        "confirmation",
        "back",
        "next",
        "email",
        "password",
      ),
      fc.oneof(absent, fc.string({ unit: "binary", maxLength: 60 }), fc.constantFrom("\0", "\ud800", "//evil.example", "x".repeat(10_000))),
    ),
    type: fc.constantFrom(
      "application/x-www-form-urlencoded",
      "application/x-www-form-urlencoded",
      "text/plain",
      "multipart/form-data; boundary=zzz",
      "application/json",
    ),
  }),
);

test(`${requests} random malformed requests: no 5xx, no write, no stack trace (seed ${seed})`, async ({ baseURL }) => {
  test.setTimeout(240_000);
  const owner = process.env.E2E_OWNER_URL ?? "";
  setAdminUrl({ superuser: owner, owner, app: owner, reader: owner });
  const [staff, world] = [await makeStaff("admin"), await makeOrganization()];
  const cookies = {
    staff: (await signedInHeaders("staff", staff.sessionId)).get("cookie") ?? "",
    product: (await signedInHeaders("product", world.people.owner.sessionId)).get("cookie") ?? "",
  };
  const statuses = new Map<number, number>();
  for (const given of fc.sample(call, { numRuns: requests, seed })) {
    const surface = given.kind === "procedure" ? given.procedure.surface : given.form.surface;
    const headers: Record<string, string> = {
      cookie: cookies[surface],
      origin: baseURL ?? "",
      ...(given.type ? { "content-type": given.type } : {}),
    };
    const response =
      given.kind === "procedure"
        ? await callProcedure(given, headers)
        : await fetch(`${baseURL}${given.form.path}`, {
            method: "POST",
            headers,
            redirect: "manual",
            body: new URLSearchParams(given.fields).toString(),
          });
    const text = await response.text();
    statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
    expect(response.status, JSON.stringify(given).slice(0, 600)).toBeLessThan(500);
    expect(text, JSON.stringify(given).slice(0, 600)).not.toMatch(/\n\s+at .+\(|node_modules|PrismaClient|\.ts:\d+/);
  }
  console.log(`seed ${seed}:`, Object.fromEntries([...statuses].sort()));
  expect(await writesOf([staff.id, world.people.owner.id])).toEqual({ changes: 0, runs: 0, proposals: 0 });

  async function callProcedure(
    { procedure, body, type: _type }: { procedure: (typeof procedures)[number]; body: string; type: string },
    headers: Record<string, string>,
  ): Promise<Response> {
    const url = `${baseURL}${procedure.base}/${procedure.path}`;
    if (procedure.type === "query")
      return fetch(`${url}?input=${encodeURIComponent(body.toWellFormed())}`, { headers: { cookie: headers.cookie ?? "" } });
    return fetch(url, { method: "POST", headers, body });
  }
});

/** What these two people changed or prepared. Searches and refusals are recorded on purpose and are not changes. */
async function writesOf(actorIds: string[]): Promise<unknown> {
  return asRole("owner", async (client) => {
    const { rows } = await client.query(
      `SELECT (SELECT count(*)::int FROM "AuditChange" c JOIN "AuditEvent" e ON e."id" = c."eventId" WHERE e."actorId" = ANY($1)) AS changes,
        (SELECT count(*)::int FROM "AuditEvent" WHERE "actorId" = ANY($1) AND "outcome" = 'succeeded' AND "operation" <> 'search.run') AS runs,
        (SELECT count(*)::int FROM "Proposal" WHERE "requesterId" = ANY($1)) AS proposals`,
      [actorIds],
    );
    return rows[0];
  });
}

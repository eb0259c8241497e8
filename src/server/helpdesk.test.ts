import { beforeAll, expect, test } from "vitest";
import { POST } from "#app/api/helpdesk/cases/route.ts";
import { makeOrganization, unique } from "#testing/fixtures.ts";
import { writer } from "./db.ts";
import { toAppError } from "./to-app-error.ts";
import { signWebhook } from "./webhook-signature.ts";

const secret = "helpdesk".repeat(5);

beforeAll(() => {
  process.env.HELPDESK_SECRET = secret;
});

function send(
  body: string,
  { at = new Date(), signed = body, key = secret, header }: { at?: Date; signed?: string; key?: string; header?: string } = {},
) {
  const signature = header ?? signWebhook({ secret: key, body: signed, at });
  return POST(
    new Request("http://localhost:3000/api/helpdesk/cases", { method: "POST", body, headers: { "helpdesk-signature": signature } }),
  );
}

async function caseOf(changes: Record<string, unknown> = {}) {
  const { id: organizationId } = await makeOrganization();
  const id = `SUP-${unique()}`;
  return {
    id,
    organizationId,
    subject: "No alerts",
    open: true,
    url: `https://helpdesk.example/${id}`,
    updatedAt: "2026-11-21T13:05:00.000Z",
    ...changes,
  };
}
const find = (id: string) => writer().supportCase.findUnique({ where: { id } });

test("a signed case is kept, replaced by a newer word, and not by an older one", async () => {
  const first = await caseOf();
  expect((await send(JSON.stringify(first))).status).toBe(204);
  expect(await find(first.id)).toMatchObject({ open: true, organizationId: first.organizationId });
  const closed = { ...first, open: false, updatedAt: "2026-11-21T14:00:00.000Z" };
  expect((await send(JSON.stringify(closed))).status).toBe(204);
  expect((await send(JSON.stringify(first))).status).toBe(204);
  expect(await find(first.id)).toMatchObject({ open: false });
});

test("a case of an organization that goes at this moment is refused as one of something that no longer exists", async () => {
  const kept = writer()
    .$executeRaw`INSERT INTO "SupportCase" ("id", "organizationId", "subject", "open") VALUES (${unique()}, 'org_gone', 's', true)`;
  expect(toAppError(await kept.catch((error: unknown) => error))).toMatchObject({
    code: "CONFLICT",
    userMessage: "This refers to something that no longer exists.",
  });
});

test("what is not signed, signed for another body, by another secret, too old or from the future is refused", async () => {
  const word = await caseOf();
  const body = JSON.stringify(word);
  const minutes = (count: number) => new Date(Date.now() + count * 60_000);
  const tries = [
    send(body, { header: "" }),
    send(body, { header: "t=,v1=" }),
    send(body, { header: `t=99999999999999999,v1=${"0".repeat(64)}` }),
    send(body, { signed: `${body} ` }),
    send(body, { key: "another".repeat(6) }),
    send(body, { at: minutes(-6) }),
    send(body, { at: minutes(6) }),
  ];
  for (const answer of await Promise.all(tries)) expect(answer.status).toBe(401);
  expect(await find(word.id)).toBeNull();
});

test.each([
  ["a script for a link", { url: "javascript:alert(1)" }],
  ["no such organization", { organizationId: "org_absent" }],
  ["an unknown field", { admin: true }],
  ["a time that is none", { updatedAt: "yesterday" }],
  ["a NUL byte", { subject: "a\u0000b" }],
])("%s is refused with a sentence", async (_words, changes) => {
  const word = await caseOf(changes);
  const answer = await send(JSON.stringify(word));
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ error: { code: "INVALID_INPUT", message: expect.stringMatching(/\w/) } });
  expect(await find(word.id)).toBeNull();
  expect((await send("not JSON")).status).toBe(400);
});

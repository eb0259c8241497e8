import { expect, test } from "vitest";
import { emptyContext, makeOrganization, makeStaff, unique } from "#testing/fixtures.ts";
import { audited, recordEvent } from "../db.ts";
import { csvCell, exportEvents } from "./export.ts";

test.each([
  ["=1+1", `"'=1+1"`],
  ["+49 30", `"'+49 30"`],
  ["-5", `"'-5"`],
  ["@sum", `"'@sum"`],
  ["\tx", `"'\tx"`],
  ["\rx", `"'\rx"`],
  ['say "hi", then\nleave', `"say ""hi"", then\nleave"`],
  [null, `""`],
  [["support", "viewer"], `"support viewer"`],
  [{ query: "a" }, `"{""query"":""a""}"`],
  [new Date(0), `"1970-01-01T00:00:00.000Z"`],
])("%j is written so that no spreadsheet runs it", (value, cell) => {
  expect(csvCell(value)).toBe(cell);
});

test("an export holds every event that the filters find, once, with both people", async () => {
  const actor = await makeStaff("engineering");
  const context = {
    ...emptyContext(),
    actor,
    onBehalfOf: { id: "usr_x", label: "Somebody, seen", email: "x@example.com", memberships: [] },
  };
  const event = { context, operation: "test.export", outcome: "succeeded", summary: "An event" } as const;
  for (let count = 0; count < 53; count += 1) await recordEvent(event);

  const lines = (await collect(exportEvents({ actor: actor.id }, "jsonl"))).trim().split("\n");
  expect(new Set(lines.map((line) => JSON.parse(line).id)).size).toBe(53);
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({ actorId: actor.id, onBehalfOfId: "usr_x", onBehalfOfLabel: "Somebody, seen" });

  const [head, ...rows] = (await collect(exportEvents({ actor: actor.id }, "csv"))).trim().split("\r\n");
  expect(head).toContain("actorLabel,actorRoles,onBehalfOfId,onBehalfOfLabel");
  expect(rows).toHaveLength(53);
  expect(rows[0]).toContain('"Somebody, seen"');
});

async function changing(summary: string) {
  const actor = await makeStaff("engineering");
  const event = { context: { ...emptyContext(), actor }, operation: "test.export", outcome: "succeeded", summary } as const;
  return { actor, event };
}

test("an export has the changed rows of each event, before and after, as the audit keeps them", async () => {
  const { people } = await makeOrganization();
  const { actor, event } = await changing("Change a person");
  const { owner, member } = people;
  await audited(event, (db) => db.user.update({ where: { id: owner.id }, data: { name: 'New, "name"' }, select: { id: true } }));
  await audited(event, async (db) => {
    const data = { email: `new.${unique()}@customer.example`, passwordHash: "do not tell" };
    await db.user.update({ where: { id: member.id }, data, select: { id: true } });
    await db.session.delete({ where: { id: member.sessionId }, select: { id: true } });
  });
  await recordEvent(event);

  const text = await collect(exportEvents({ actor: actor.id }, "jsonl"));
  const lines = text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  const masked = expect.stringMatching(/^.•••@customer\.example$/);
  expect(lines.map(({ changes }) => changes)).toMatchObject([
    [],
    [
      {
        tableName: "User",
        rowId: member.id,
        before: { email: masked, passwordHash: null },
        after: { email: masked, passwordHash: "[secret]" },
      },
      { tableName: "Session", rowId: member.sessionId, before: { id: member.sessionId, sourceIp: "1•••" }, after: null },
    ],
    [{ tableName: "User", rowId: owner.id, before: { name: owner.name }, after: { name: 'New, "name"' } }],
  ]);
  expect(text).not.toContain(member.email);
  expect(text).not.toContain("do not tell");

  const rows = (await collect(exportEvents({ actor: actor.id }, "csv"))).trim().split("\r\n");
  expect(rows[0]).toMatch(/,changedRows$/);
  expect(rows.slice(1).map((row) => /"(\d+)"$/.exec(row)?.[1])).toEqual(["0", "2", "1"]);
});

test("events that changed thousands of rows have all of them, each once, and those around them only their own", async () => {
  const { id } = await makeOrganization();
  const { actor, event } = await changing("Change many");
  const sizes = [100, 1_100, 0, 101, 1, 3_300];
  for (const size of sizes)
    await audited(event, (db) =>
      db.organizationFlag.createMany({
        data: Array.from({ length: size }, () => ({ organizationId: id, flag: unique(), enabled: true })),
      }),
    );
  const lines = (await collect(exportEvents({ actor: actor.id }, "jsonl")))
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(lines.map(({ changes }) => changes.length)).toEqual(sizes.toReversed());
  for (const { changes } of lines) expect(new Set(changes.map(({ rowId }: { rowId: string }) => rowId)).size).toBe(changes.length);
  const rows = (await collect(exportEvents({ actor: actor.id }, "csv"))).trim().split("\r\n");
  expect(rows.slice(1).map((row) => Number(/"(\d+)"$/.exec(row)?.[1]))).toEqual(sizes.toReversed());
});

async function collect(chunks: AsyncIterable<string>): Promise<string> {
  let text = "";
  for await (const chunk of chunks) text += chunk;
  return text;
}

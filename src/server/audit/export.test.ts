import { expect, test } from "vitest";
import { emptyContext, makeStaff } from "#testing/fixtures.ts";
import { recordEvent } from "../db.ts";
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

async function collect(chunks: AsyncIterable<string>): Promise<string> {
  let text = "";
  for await (const chunk of chunks) text += chunk;
  return text;
}

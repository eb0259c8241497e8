import { describe, expect, test } from "vitest";
import { declarations } from "#generated/declarations.ts";
import type { Change } from "#server/audit/changes.ts";
import { normalizeChanges } from "#server/audit/changes.ts";
import { writer } from "#server/db.ts";
import { previewOperation } from "#server/run-operation.ts";
import { changedRows, checksums, snapshot } from "#testing/database.ts";
import { prepare, requestOf, runAsPeopleDo, scenarios } from "#testing/scenarios.ts";

const names = Object.keys(scenarios) as (keyof typeof scenarios)[];
const auditedTables = Object.entries(declarations).flatMap(([table, { audited }]) => (audited ? [table] : []));

describe.each(names)("%s", (name) => {
  test("a preview changes no row of any table", async () => {
    const request = requestOf(await prepare(name));
    const before = await checksums();
    await previewOperation(request);
    expect(await checksums()).toEqual(before);
  });

  test("the rows that change are exactly the changes of its one event, and what the preview showed", async () => {
    const prepared = await prepare(name);
    const preview = await previewOperation(requestOf(prepared));
    const before = await snapshot(auditedTables);
    const { eventId } = await runAsPeopleDo(prepared);
    const changes = (await writer().auditChange.findMany({ where: { eventId } })) as unknown as Change[];
    const captured = changes.map(({ tableName, rowId }) => `${tableName} ${rowId}`);
    // A second person's word for it is an event of its own, beside the run that it lets happen.
    const isOwn = (row: string) => captured.includes(row) || !row.startsWith("ProposalDecision ");
    expect([...new Set(captured)].sort()).toEqual(changedRows(before, await snapshot(auditedTables)).filter(isOwn));
    expect(captured.length > 0).toBe(!scenarios[name].changesNothing);
    const bare = ({ tableName, rowId, before, after }: Change) => ({ tableName, rowId, before, after });
    expect(sorted(normalizeChanges(changes).map(bare))).toEqual(sorted(preview.changes.map(bare)));
  });

  test("its event says who, what, on what and why", async () => {
    const prepared = await prepare(name);
    const { eventId } = await runAsPeopleDo(prepared);
    const event = await writer().auditEvent.findFirstOrThrow({ where: { id: eventId } });
    expect(event).toMatchObject({
      operation: name,
      outcome: "succeeded",
      actorType: prepared.actor.type,
      actorId: prepared.actor.id,
      targetId: prepared.targetId,
      targetType: prepared.operation.target,
    });
    expect(event.summary.length).toBeGreaterThan(10);
    if (prepared.actor.type === "staff") expect(event).toMatchObject({ reason: "A test of it", ticket: "T-42" });
  });

  test("the same preview of an unchanged target has the same hash", async () => {
    const request = requestOf(await prepare(name));
    const first = await previewOperation(request);
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect((await previewOperation(request)).hash).toBe(first.hash);
  });
});

function sorted(changes: Change[]): Change[] {
  return [...changes].sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));
}

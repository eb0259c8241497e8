import { expect, test } from "vitest";
import { arrange, makeOrganization } from "#testing/fixtures.ts";
import { reader } from "./db.ts";
import { takePing } from "./ping.ts";

function pingsOf(monitorId: string) {
  return reader().monitor.findUniqueOrThrow({
    where: { id: monitorId },
    select: { lastPingAt: true, _count: { select: { pings: true } } },
  });
}

test("a ping is counted and remembered as the latest, without an audit event", async () => {
  const { monitor } = await makeOrganization();
  const changes = () => reader().auditChange.count({ where: { rowId: monitor.id } });
  const before = await changes();
  expect(await takePing(monitor.pingKey)).toBe("taken");
  expect(await takePing(monitor.pingKey)).toBe("taken");
  expect(await pingsOf(monitor.id)).toEqual({ lastPingAt: expect.any(Date), _count: { pings: 2 } });
  expect(await changes()).toBe(before);
});

test("a ping of a suspended organization is refused and leaves nothing", async () => {
  const { id, monitor } = await makeOrganization();
  await arrange((db) => db.suspension.create({ data: { organizationId: id, reason: "test", ticket: "T-1" }, select: { id: true } }));
  expect(await takePing(monitor.pingKey)).toBe("suspended");
  expect(await pingsOf(monitor.id)).toEqual({ lastPingAt: null, _count: { pings: 0 } });
});

test.each(["", "0".repeat(64), "a".repeat(100_000), "\0", "%00", "\uD800", "' OR 1=1 --"])("no monitor has the key %j", async (key) => {
  expect(await takePing(key)).toBe("unknown");
});

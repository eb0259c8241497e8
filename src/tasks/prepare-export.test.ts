import { createHash, randomUUID } from "node:crypto";
import { unzipSync } from "fflate";
import { expect, test } from "vitest";
import { writer } from "#server/db.ts";
import type { ManifestFile } from "#server/export/archive.ts";
import { asRole } from "#testing/database.ts";
import { arrange, findEvents, makeOrganization, makeStaff, unique } from "#testing/fixtures.ts";
import { makeApiKey, makeExport, makeWebhook } from "#testing/scenarios/integrations.ts";
import { makeJob } from "#testing/scenarios/jobs.ts";
import { startWorkerProcess, until } from "#testing/worker-process.ts";
import { deleteExpiredTask } from "./delete-expired.ts";
import { failStuckExportsTask, prepareExportTask } from "./prepare-export.ts";

type World = Awaited<ReturnType<typeof makeOrganization>>;

function work(exportId: string, world: World) {
  const { email, name } = world.people.owner;
  const origin = { eventId: "evt_test", requestId: "req_test", organizationId: world.id, actedBy: null };
  const data = { payload: { exportId, recipients: [{ email, name }] }, origin };
  return prepareExportTask.handle({ id: randomUUID(), data: data as never });
}

async function unpack(exportId: string) {
  const { content } = await writer().dataExportFile.findUniqueOrThrow({ where: { id: exportId } });
  const files = unzipSync(content);
  const text = (path: string) => new TextDecoder().decode(files[path]);
  const manifest = JSON.parse(text("manifest.json")) as { organization: { id: string }; requestedBy: string; files: ManifestFile[] };
  return { content, files, text, manifest };
}

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

const exportOf = (id: string) => writer().dataExport.findUniqueOrThrow({ where: { id } });

const mailsTo = (email: string) =>
  asRole("superuser", async (client) => {
    const { rows } = await client.query(
      `SELECT data->'payload'->>'mail' AS mail FROM pgboss.job WHERE name = 'mail' AND data->'payload'->'to'->>'email' = $1`,
      [email],
    );
    return rows;
  });

test("the file holds what the manifest says, byte for byte, and the requester is told once", async () => {
  const world = await makeOrganization();
  await arrange((db) => db.ping.createMany({ data: Array.from({ length: 12_345 }, () => ({ monitorId: world.monitor.id })) }));
  const id = await makeExport(world);
  await work(id, world);
  const { content, files, text, manifest } = await unpack(id);
  expect(await exportOf(id)).toMatchObject({ state: "ready", sha256: sha256(content), bytes: content.byteLength });
  expect(manifest).toMatchObject({ organization: { id: world.id }, requestedBy: "Test" });
  expect(Object.keys(files).sort()).toEqual([...manifest.files.map(({ path }) => path), "manifest.json"].sort());
  for (const { path, rows, bytes, sha256: hash } of manifest.files) {
    const file = files[path] ?? new Uint8Array();
    expect({ path, bytes: file.byteLength, hash: sha256(file) }).toEqual({ path, bytes, hash });
    const counted = path.endsWith(".json") ? (JSON.parse(text(path)) as unknown[]).length : text(path).split("\r\n").length - 2;
    expect({ path, rows: counted }).toEqual({ path, rows });
  }
  const rowsOf = Object.fromEntries(manifest.files.map(({ path, rows }) => [path, rows]));
  expect(rowsOf).toMatchObject({ "organization.json": 1, "members.csv": 3, "monitors.json": 1, "pings.csv": 12_345 });
  expect(rowsOf["audit-events.json"]).toBeGreaterThanOrEqual(0);
  expect(await mailsTo(world.people.owner.email)).toEqual([{ mail: "exportReady" }]);
});

test("the member of the staff who asked for it is told as well, with the way to it", async () => {
  const [world, staff] = [await makeOrganization(), await makeStaff("engineering")];
  const id = await makeExport(world);
  await arrange((db) => db.dataExport.update({ where: { id }, data: { requestedByStaffId: staff.id }, select: { id: true } }));
  await work(id, world);
  expect(await mailsTo(staff.email)).toEqual([{ mail: "exportReadyForStaff" }]);
  expect(await mailsTo(world.people.owner.email)).toEqual([{ mail: "exportReady" }]);
});

test("no secret is in it, nothing of another organization, and no cell is a formula", async () => {
  const [world, other] = [await makeOrganization(), await makeOrganization({ canary: `canary${unique()}` })];
  const { key } = await makeApiKey(world);
  const webhook = await makeWebhook(world);
  await arrange((db) => db.monitor.update({ where: { id: world.monitor.id }, data: { name: '=HYPERLINK("x")' }, select: { id: true } }));
  const [{ keyHash }, { signingSecret }] = await Promise.all([
    writer().apiKey.findFirstOrThrow({ where: { organizationId: world.id } }),
    writer().webhookEndpoint.findUniqueOrThrow({ where: { id: webhook.id } }),
  ]);
  const id = await makeExport(world);
  await work(id, world);
  const { files, text } = await unpack(id);
  const everything = Object.keys(files).map(text).join("\n");
  for (const secret of [key, keyHash, webhook.secret, signingSecret, world.monitor.pingKey]) expect(everything).not.toContain(secret);
  for (const foreign of [other.id, other.name, other.monitor.id, other.people.owner.email]) expect(everything).not.toContain(foreign);
  expect(everything).toContain(webhook.url);
  expect(text("monitors.csv")).toContain(`"'=HYPERLINK(""x"")"`);
});

test("a worker that died after writing the file is followed by one that completes it: one file, one mail, one event", async () => {
  const world = await makeOrganization();
  const id = await makeExport(world);
  await writer().dataExportFile.create({ data: { id, content: new TextEncoder().encode("half a file") } });
  // Whichever is later may be refused.
  await Promise.allSettled([work(id, world), work(id, world)]);
  await work(id, world);
  const { content } = await unpack(id);
  expect(await exportOf(id)).toMatchObject({ state: "ready", sha256: sha256(content) });
  expect(await mailsTo(world.people.owner.email)).toHaveLength(1);
  expect(await findEvents({ operation: "dataExport.complete", targetId: id, outcome: "succeeded" })).toHaveLength(1);
});

test("the file goes when the export expires; what was exported and by whom stays", async () => {
  const world = await makeOrganization();
  const [kept, expired] = [await makeExport(world), await makeExport(world)];
  await work(kept, world);
  await work(expired, world);
  await arrange((db) =>
    db.dataExport.update({ where: { id: expired }, data: { expiresAt: new Date(Date.now() - 1_000) }, select: { id: true } }),
  );
  await deleteExpiredTask.run();
  expect(await writer().dataExportFile.count({ where: { id: { in: [kept, expired] } } })).toBe(1);
  expect(await writer().dataExportFile.count({ where: { id: kept } })).toBe(1);
  expect(await exportOf(expired)).toMatchObject({ state: "ready" });
});

test("an export that nobody prepares any more is told as failed after two hours, not before", async () => {
  const world = await makeOrganization();
  const [stuck, fresh] = [await makeExport(world), await makeExport(world)];
  const createdAt = new Date(Date.now() - 3 * 60 * 60 * 1_000);
  await arrange((db) => db.dataExport.update({ where: { id: stuck }, data: { createdAt }, select: { id: true } }));
  await failStuckExportsTask.run();
  expect(await exportOf(stuck)).toMatchObject({ state: "failed", error: "It could not be prepared in time. Ask for it again." });
  expect(await exportOf(fresh)).toMatchObject({ state: "pending" });
});

test("a worker killed in the middle of an export is followed by another: one file with the right hash, one mail, one event", async () => {
  const world = await makeOrganization();
  await asRole("superuser", (client) =>
    client.query(`INSERT INTO "Ping" ("monitorId") SELECT $1 FROM generate_series(1, 60000)`, [world.monitor.id]),
  );
  const exportId = await makeExport(world);
  const { email, name } = world.people.owner;
  const id = await makeJob(world, { queue: "export", payload: { exportId, recipients: [{ email, name }] } });
  const first = startWorkerProcess();
  // After the first part and before the file.
  await until(async () => (await progressOf(id)) !== null, { every: 5 });
  await first.end("SIGKILL");
  const state = await exportOf(exportId);
  const halfDone = await progressOf(id);
  const second = startWorkerProcess();
  try {
    const milliseconds = await until(async () => (await exportOf(exportId)).state === "ready");
    expect(state).toMatchObject({ state: "pending" });
    expect(halfDone?.done).toBeLessThan(halfDone?.total ?? 0);
    expect(milliseconds).toBeLessThan(30_000);
    const { content, manifest } = await unpack(exportId);
    expect(await exportOf(exportId)).toMatchObject({ sha256: sha256(content), bytes: content.byteLength });
    expect(manifest.files.find(({ path }) => path === "pings.csv")).toMatchObject({ rows: 60_000 });
    expect(await writer().dataExportFile.count({ where: { id: exportId } })).toBe(1);
    expect(await mailsTo(email)).toHaveLength(1);
    expect(await findEvents({ operation: "dataExport.complete", targetId: exportId, outcome: "succeeded" })).toHaveLength(1);
    expect(await progressOf(id)).toMatchObject({ done: halfDone?.total, total: halfDone?.total });
  } finally {
    await second.end("SIGKILL");
  }
}, 120_000);

const progressOf = (jobId: string) => writer().jobProgress.findUnique({ where: { jobId } });

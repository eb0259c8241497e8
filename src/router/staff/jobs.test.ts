import { expect, test } from "vitest";
import { createStaffCaller } from "#router/staff-router.ts";
import { writer } from "#server/db.ts";
import { asRole } from "#testing/database.ts";
import { contextOf, findEvents, makeOrganization, makeStaff } from "#testing/fixtures.ts";
import { makeExport } from "#testing/scenarios/integrations.ts";
import { makeJob } from "#testing/scenarios/jobs.ts";
import { prepare, runAsPeopleDo } from "#testing/scenarios.ts";

const callerOf = async (...roles: Parameters<typeof makeStaff>) => createStaffCaller(contextOf(await makeStaff(...roles)));

async function act(name: "job.retry" | "job.cancel", targetId: string, ...roles: Parameters<typeof makeStaff>) {
  return runAsPeopleDo({
    ...(await prepare(name)),
    targetId,
    actor: await makeStaff(...(roles.length > 0 ? roles : ["operations" as const])),
  });
}

async function raw(id: string) {
  const { rows } = await asRole("superuser", (client) => client.query("SELECT * FROM pgboss.job WHERE id = $1", [id]));
  return rows[0];
}

test("the list filters by queue, state and organization, and pages through all of it once in either order", async () => {
  const world = await makeOrganization();
  const other = await makeOrganization();
  await makeJob(other);
  const failed = await makeJob(world, { state: "failed" });
  for (let count = 0; count < 60; count += 1) await makeJob(world);
  const staff = await callerOf("viewer");
  for (const sort of ["newest", "oldest"] as const) {
    const first = await staff.jobs.list({ organization: world.id, sort });
    expect(first).toMatchObject({ count: 61 });
    expect(first.rows).toHaveLength(50);
    const second = await staff.jobs.list({ organization: world.id, sort, after: first.next ?? "" });
    const ids = [...first.rows, ...second.rows].map(({ id }) => id);
    expect(new Set(ids).size).toBe(61);
    expect(second.next).toBeNull();
    expect(sort === "oldest" ? ids[0] : ids.at(-1)).toBe(failed);
  }
  const found = await staff.jobs.list({ organization: world.id, queue: "mail", state: "failed" });
  expect(found.rows).toMatchObject([
    {
      id: failed,
      title: "E-mail: trial extended",
      stateTitle: "failed",
      attempts: 1,
      mostAttempts: 1,
      organizationName: world.name,
      message: "Connection refused",
    },
  ]);
  expect((await staff.jobs.list({ organization: world.id, queue: "export" })).rows).toEqual([]);
  const { rows: newest } = await staff.jobs.list({ organization: world.id, sort: "newest" });
  expect((await staff.organizations.get({ id: world.id })).jobs).toEqual(newest.slice(0, 5));
  const mails = (await staff.jobs.counts()).find(({ queue }) => queue === "mail");
  expect(mails?.counts.find(({ state }) => state === "failed")?.count).toBeGreaterThanOrEqual(1);
  expect((await staff.jobs.failures()).failed).toBeGreaterThanOrEqual(1);
});

test("nobody reads a payload, nor those who may not read addresses one in an error; the reader's role reaches no queue", async () => {
  const world = await makeOrganization();
  const { email } = world.people.owner;
  const id = await makeJob(world, { state: "failed", message: `550 <${email}>: no such user` });
  const [viewer, billing] = [await callerOf("viewer"), await callerOf("billing")];
  const masked = JSON.stringify([await viewer.jobs.get({ id }), await viewer.jobs.list({ organization: world.id })]);
  expect(masked).not.toContain(email);
  expect(masked).toContain("550 <o•••@customer.example>: no such user");
  expect((await billing.jobs.get({ id })).job.message).toContain(email);
  for (const sql of ["SELECT data FROM pgboss.job", `UPDATE "Job" SET "priority" = 1`, `DELETE FROM "Job"`])
    await expect(asRole("reader", (client) => client.query(sql))).rejects.toThrow(/permission denied|read-only/);
});

test("what is no id of a job is not found", async () => {
  const staff = await callerOf("admin");
  for (const id of ["nothing", "00000000-0000-4000-8000-000000000000", "%"])
    await expect(staff.jobs.get({ id })).rejects.toMatchObject({ message: expect.stringContaining("no such job") });
  await expect(act("job.retry", "nothing")).rejects.toMatchObject({ code: "NOT_FOUND" });
  const after = Buffer.from(JSON.stringify(["2026-11-21T00:00:00.000000Z", "x'"])).toString("base64url");
  expect((await staff.jobs.list({ after })).rows).toEqual(expect.any(Array));
});

test("a job that used all its tries is tried again at once, once more; the event says what it was and what it is", async () => {
  const world = await makeOrganization();
  const id = await makeJob(world, { state: "failed", attempts: 13 });
  await asRole("superuser", (client) => client.query("UPDATE pgboss.job SET start_after = now() + interval '1 hour' WHERE id = $1", [id]));
  const { eventId } = await act("job.retry", id);
  const job = await raw(id);
  expect(job).toMatchObject({ state: "retry", retry_count: 12, retry_limit: 13, completed_on: null });
  expect(job.start_after.getTime()).toBeLessThanOrEqual(Date.now());
  expect(await findEvents({ id: eventId })).toMatchObject([
    {
      targetType: "Job",
      targetId: id,
      organizationId: world.id,
      targetLabel: `E-mail: trial extended (${world.name})`,
      summary: "Try “E-mail: trial extended” again: it was failed after 13 attempts, and waits for a worker now",
    },
  ]);
  await expect(act("job.retry", id)).rejects.toMatchObject({ code: "CONFLICT" });
});

test.each(["created", "retry", "active", "completed"] as const)("a job that is %s is not tried again", async (state) => {
  const id = await makeJob(await makeOrganization(), { state });
  await expect(act("job.retry", id)).rejects.toMatchObject({ code: "CONFLICT" });
  expect((await raw(id)).state).toBe(state);
});

test.each(["active", "completed", "failed", "cancelled"] as const)("a job that is %s is not cancelled", async (state) => {
  const id = await makeJob(await makeOrganization(), { state });
  await expect(act("job.cancel", id)).rejects.toMatchObject({ code: "CONFLICT" });
  expect((await raw(id)).state).toBe(state);
});

test("a cancelled job is taken by nobody, until somebody has it tried again", async () => {
  const id = await makeJob(await makeOrganization());
  await act("job.cancel", id);
  expect(await raw(id)).toMatchObject({ state: "cancelled" });
  await act("job.retry", id);
  expect(await raw(id)).toMatchObject({ state: "retry" });
});

test.each(["stripe", "bulk"] as const)(
  "a job of the queue %s is never cancelled: something waits for what becomes of it",
  async (queue) => {
    for (const state of ["created", "retry"] as const) {
      const id = await makeJob(await makeOrganization(), { queue, state, payload: { callId: "stc_test" } });
      await expect(act("job.cancel", id)).rejects.toMatchObject({ code: "CONFLICT" });
      expect((await raw(id)).state).toBe(state);
    }
  },
);

test("a cancelled export is shown as failed to the customer, in the same run, and is not prepared again", async () => {
  const world = await makeOrganization();
  const exportId = await makeExport(world);
  const id = await makeJob(world, { queue: "export", payload: { exportId, recipients: [] } });
  const { eventId } = await act("job.cancel", id);
  expect(await writer().dataExport.findUniqueOrThrow({ where: { id: exportId } })).toMatchObject({
    state: "failed",
    error: expect.stringContaining("cancelled"),
  });
  expect(await writer().auditChange.findMany({ where: { eventId } })).toMatchObject([{ tableName: "DataExport", rowId: exportId }]);
  await expect(act("job.retry", id)).rejects.toMatchObject({ userMessage: expect.stringContaining("ask for a new one") });
});

test("a job that a worker holds when somebody wants to cancel it stays with the worker", async () => {
  const id = await makeJob(await makeOrganization());
  const cancelling = await prepare("job.cancel");
  await asRole("superuser", async (client) => {
    await client.query("BEGIN");
    await client.query("UPDATE pgboss.job SET state = 'active', started_on = now() WHERE id = $1", [id]);
    const cancelled = runAsPeopleDo({ ...cancelling, targetId: id });
    const refused = expect(cancelled).rejects.toMatchObject({ code: "CONFLICT" });
    await new Promise((resolve) => setTimeout(resolve, 200));
    await client.query("COMMIT");
    await refused;
  });
  expect((await raw(id)).state).toBe("active");
});

test.each(["viewer", "support", "billing"] as const)("%s neither tries again nor cancels", async (role) => {
  const world = await makeOrganization();
  const [failed, waiting] = [await makeJob(world, { state: "failed" }), await makeJob(world)];
  await expect(act("job.retry", failed, role)).rejects.toMatchObject({ code: "FORBIDDEN" });
  await expect(act("job.cancel", waiting, role)).rejects.toMatchObject({ code: "FORBIDDEN" });
  expect([(await raw(failed)).state, (await raw(waiting)).state]).toEqual(["failed", "created"]);
});

import { readFile } from "node:fs/promises";
import type { StaffRole } from "#generated/prisma/enums.ts";
import { audited, recordEvent } from "#server/db.ts";
import { emptyContext, makeStaff, unique } from "#testing/fixtures.ts";
import { expect, findEvents, test } from "./fixtures.ts";

/** Two events of an operation that only this test knows: one that renamed the organization, one that was denied. */
async function makeEvents(world: { id: string; name: string }) {
  const actor = await makeStaff("operations");
  const operation = `test.export.${unique()}`;
  const event = { context: { ...emptyContext(), actor }, operation, organizationId: world.id, summary: 'Rename, "really"' };
  await audited({ ...event, outcome: "succeeded" }, (db) =>
    db.organization.update({ where: { id: world.id }, data: { name: "Renamed" }, select: { id: true } }),
  );
  await recordEvent({ ...event, outcome: "denied" });
  return { actor, operation };
}

test("engineers take what the filters find out of the audit, as a table or as lines with the changed rows; that is an event", async ({
  page,
  world,
  signInStaff,
}) => {
  const { operation } = await makeEvents(world);
  const staff = await signInStaff(["engineering"]);
  await page.goto("/admin/audit");
  await page.getByLabel("Operation").fill(operation);
  await page.getByRole("button", { name: "Filter" }).click();
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "CSV", exact: true }).click()]);
  expect(download.suggestedFilename()).toMatch(/^audit-\d{4}-\d\d-\d\dT\d{6}\.csv$/);
  const [head, ...rows] = (await readFile(await download.path(), "utf8")).trim().split("\r\n");
  expect(head).toMatch(/^id,at,outcome,operation,.*,changedRows$/);
  expect(rows.map((row) => row.split(",")[2])).toEqual(['"denied"', '"succeeded"']);
  expect(rows[1]).toContain('"Rename, ""really"""');
  expect(rows.map((row) => row.split(",").at(-1))).toEqual(['"0"', '"1"']);

  const lines = await page.request.get(
    `/admin/audit/export?format=jsonl&operation=${operation}&outcome=succeeded&organization=${world.id}&q=`,
  );
  expect(lines.status()).toBe(200);
  expect(lines.headers()).toMatchObject({
    "content-type": "application/jsonl; charset=utf-8",
    "content-disposition": expect.stringMatching(/^attachment; filename="audit-[\dT-]+\.jsonl"$/),
    "cache-control": "no-store",
  });
  const events = (await lines.text())
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(events).toMatchObject([
    {
      operation,
      outcome: "succeeded",
      organizationId: world.id,
      changes: [{ tableName: "Organization", rowId: world.id, before: { name: world.name }, after: { name: "Renamed" } }],
    },
  ]);

  const csv = await page.request.get(`/admin/audit/export?format=csv&operation=${operation}&outcome=denied`);
  expect(csv.headers()["content-type"]).toBe("text/csv; charset=utf-8");
  expect((await csv.text()).trim().split("\r\n")).toHaveLength(2);

  expect((await findEvents({ actorId: staff.id, operation: "audit.export" })).map(({ metadata }) => metadata)).toEqual([
    { format: "csv", filters: { operation }, mostRows: 100_000 },
    { format: "jsonl", filters: { operation, outcome: "succeeded", organization: world.id }, mostRows: 100_000 },
    { format: "csv", filters: { operation, outcome: "denied" }, mostRows: 100_000 },
  ]);
});

const refused: StaffRole[] = ["viewer", "support", "billing", "operations"];
for (const role of refused) {
  test(`${role} takes nothing out, is told who could, and leaves a denial`, async ({ page, world, signInStaff }) => {
    const { operation } = await makeEvents(world);
    const staff = await signInStaff([role]);
    await page.goto(`/admin/audit?operation=${operation}`);
    await expect(page.getByRole("main")).toContainText("needs the role engineering or admin");
    await expect(page.getByRole("link", { name: "CSV", exact: true })).toHaveCount(0);
    for (const format of ["csv", "jsonl"]) {
      const response = await page.request.get(`/admin/audit/export?format=${format}&operation=${operation}`);
      expect(response.status()).toBe(403);
      expect(await response.text()).toBe("This needs the role engineering.\n");
    }
    const events = await findEvents({ actorId: staff.id });
    expect(events.map(({ operation: name, outcome }) => [name, outcome])).toEqual(Array(2).fill(["read.audit.beginExport", "denied"]));
  });
}

test("admins may; nobody without signing in does, nor with filters that make no sense, nor from another site", async ({
  page,
  browser,
  world,
  signInStaff,
}) => {
  const { operation } = await makeEvents(world);
  const path = `/admin/audit/export?format=csv&operation=${operation}`;
  const staff = await signInStaff(["admin"]);
  expect((await (await page.request.get(path)).text()).trim().split("\r\n")).toHaveLength(3);
  for (const wrong of [
    "format=xml",
    "operation=x",
    "format=csv&outcome=maybe",
    "format=csv&from=yesterday",
    `format=csv&q=${"x".repeat(101)}`,
  ]) {
    const response = await page.request.get(`/admin/audit/export?${wrong}`);
    expect(response.status(), wrong).toBe(400);
    expect(await response.text()).toBe("These filters are not valid. Go back and try again.\n");
  }
  expect((await page.request.get(path, { headers: { "sec-fetch-site": "cross-site" } })).status()).toBe(403);
  const visitor = await browser.newContext();
  const sentAway = await visitor.request.get(path, { maxRedirects: 0 });
  expect(sentAway.status()).toBe(303);
  expect(sentAway.headers().location).toContain("/admin/sign-in");
  await visitor.close();
  expect(await findEvents({ actorId: staff.id, operation: "audit.export" })).toHaveLength(1);
});

import { createHash, createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { unzipSync } from "fflate";
import { writer } from "#server/db.ts";
import { startReceiver } from "#testing/receiver.ts";
import { makeExport } from "#testing/scenarios/integrations.ts";
import { expect, findEvents, test } from "./fixtures.ts";
import { preview } from "./staff-steps.ts";

test("an API key is made, shown once, used, and revoked; from then on it is refused", async ({
  page,
  request,
  world,
  signInCustomer,
  noSeriousViolations,
}) => {
  await signInCustomer(world.people.admin.actor);
  await page.goto(`/o/${world.slug}/api`);
  await expect(page.getByRole("main")).toContainText("No API keys yet");
  await page.getByRole("link", { name: "New API key" }).click();
  await page.getByLabel("Name").fill("Deploy script");
  await page.getByLabel("monitors:write").check();
  await page.getByRole("button", { name: "Create API key" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Your new API key");
  const key = (await page.locator("code").textContent()) ?? "";
  expect(key).toMatch(/^cs_live_[0-9a-f]{8}_[\w-]{43}$/);
  expect(page.url()).not.toContain(key);
  await noSeriousViolations(page);

  const headers = { authorization: `Bearer ${key}` };
  const body = { name: "By API", schedule: "interval", intervalMinutes: 60, graceMinutes: 5 };
  const made = await request.post("/api/v1/monitors", { headers, data: body });
  expect(made.status()).toBe(201);
  expect((await request.get("/api/v1/monitors", { headers })).headers()["ratelimit-limit"]).toBeTruthy();
  expect((await request.get(`/api/v1/monitors/${world.monitor.id}/pings`, { headers })).status()).toBe(403);
  expect((await request.get("/api/v1/monitors")).status()).toBe(401);
  expect((await request.get("/api/v1/openapi.json")).status()).toBe(200);

  await page.getByRole("link", { name: "I have copied it" }).click();
  await expect(page.getByRole("region", { name: "API keys" })).toContainText("Deploy script");
  expect(await page.content()).not.toContain(key.slice(20));
  await page.goto(`/o/${world.slug}/monitors`);
  await expect(page.getByRole("main")).toContainText("By API");

  await page.goto(`/o/${world.slug}/api`);
  await page.getByRole("link", { name: "Revoke Deploy script" }).click();
  await page.getByLabel(/^Type/).fill(key.slice(0, 16));
  await page.getByRole("button", { name: "Revoke API key" }).click();
  await expect(page.getByRole("region", { name: "API keys" })).toContainText("revoked");
  expect((await request.get("/api/v1/monitors", { headers })).status()).toBe(401);
  const events = await findEvents({ organizationId: world.id, operation: { in: ["apiKey.create", "apiKey.revoke", "monitor.create"] } });
  expect(events.map(({ operation, actorType }) => `${operation} ${actorType}`)).toEqual([
    "apiKey.create user",
    "monitor.create service",
    "apiKey.revoke user",
  ]);
  expect(JSON.stringify(events)).not.toContain(key.slice(20));
});

test("a webhook is added, tested, signed with the secret that was shown once, and tells what came of it", async ({
  page,
  world,
  signInCustomer,
}) => {
  const receiver = await startReceiver();
  await signInCustomer(world.people.owner.actor);
  await page.goto(`/o/${world.slug}/webhooks/new`);
  await page.getByLabel("Address").fill("https://user:password@example.com/");
  await page.getByRole("button", { name: "Add webhook" }).click();
  await expect(page.getByRole("main")).toContainText("Leave out the user and the password");
  await page.getByLabel("Address").fill(receiver.url);
  await page.getByRole("button", { name: "Add webhook" }).click();
  const secret = (await page.locator("code").textContent()) ?? "";
  expect(secret).toMatch(/^whsec_/);
  await page.getByRole("link", { name: "I have copied it" }).click();
  await page.getByRole("button", { name: "Send a test" }).click();
  await expect.poll(() => receiver.received.length, { timeout: 15_000 }).toBe(1);
  const headers = receiver.received[0]?.headers ?? {};
  const body = receiver.received[0]?.body ?? "";
  const [, time, signature] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers["countersign-signature"])) ?? [];
  expect(createHmac("sha256", secret).update(`${time}.${body}`).digest("hex")).toBe(signature);
  await expect
    .poll(
      async () => {
        await page.getByRole("link", { name: "Look again" }).click();
        return page.getByRole("region", { name: "Deliveries" }).textContent();
      },
      { timeout: 20_000 },
    )
    .toContain("delivered");
  await receiver.stop();
});

test("an owner asks for an export, gets a mail, and downloads what the hash says; nobody else can", async ({
  page,
  browser,
  request,
  world,
  signInCustomer,
}) => {
  const { owner, admin } = world.people;
  await signInCustomer(owner.actor);
  await page.goto(`/o/${world.slug}/export`);
  await page.getByLabel(/^Type/).fill(world.slug);
  await page.getByRole("button", { name: "Prepare the export" }).click();
  await expect(page.getByRole("status")).toContainText("Done");
  const table = page.getByRole("region", { name: "Exports" });
  await expect
    .poll(
      async () => {
        await page.reload();
        return table.textContent();
      },
      { timeout: 20_000 },
    )
    .toContain("ready");
  const downloading = page.waitForEvent("download");
  await table.getByRole("link", { name: "Download" }).click();
  const content = readFileSync(await (await downloading).path());
  const one = await writer().dataExport.findFirstOrThrow({ where: { organizationId: world.id } });
  expect(createHash("sha256").update(content).digest("hex")).toBe(one.sha256);
  expect(Object.keys(unzipSync(content))).toContain("manifest.json");
  expect(await findEvents({ operation: "dataExport.download", targetId: one.id })).toMatchObject([
    { outcome: "succeeded", actorId: owner.id },
  ]);
  const mailbox = `${process.env.E2E_MAILBOX_URL}/messages.json?to=${encodeURIComponent(owner.email)}`;
  await expect.poll(async () => (await request.get(mailbox)).text(), { timeout: 15_000 }).toContain("Your data export is ready");

  const context = await browser.newContext();
  const elsewhere = await context.newPage();
  await signInCustomer(admin.actor, context);
  const path = `/o/${world.slug}/export/${one.id}/download`;
  expect((await elsewhere.request.get(path)).status()).toBe(403);
  await elsewhere.goto(`/o/${world.slug}/export`);
  await expect(elsewhere.getByRole("main")).toContainText("This page is for owners");
  await context.close();
  expect(await findEvents({ operation: "dataExport.download", targetId: one.id, outcome: "denied" })).toHaveLength(1);
  const unfinished = await makeExport(world);
  expect((await page.request.get(`/o/${world.slug}/export/${unfinished}/download`)).status()).toBe(409);
});

test("an engineer asks for a customer's export, is led to it, and downloads it; another one cannot", async ({
  page,
  browser,
  world,
  signInStaff,
  noSeriousViolations,
}) => {
  const engineer = await signInStaff(["engineering"]);
  await preview(page, { operation: "organization.requestExport", targetId: world.id });
  await page.getByLabel(/^Type/).fill(world.slug);
  await page.getByRole("button", { name: "Export data", exact: true }).click();
  const table = page.getByRole("region", { name: "Exports" });
  await expect
    .poll(
      async () => {
        await page.goto(`/admin/organizations/${world.id}/exports`);
        return table.textContent();
      },
      { timeout: 20_000 },
    )
    .toContain("ready");
  await noSeriousViolations(page);
  const downloading = page.waitForEvent("download");
  await table.getByRole("link", { name: "Download" }).click();
  const content = readFileSync(await (await downloading).path());
  const one = await writer().dataExport.findFirstOrThrow({ where: { organizationId: world.id } });
  expect(createHash("sha256").update(content).digest("hex")).toBe(one.sha256);
  expect(await findEvents({ operation: "dataExport.download", targetId: one.id })).toMatchObject([
    { outcome: "succeeded", actorType: "staff", actorId: engineer.id },
  ]);
  const context = await browser.newContext();
  await signInStaff(["admin"], context);
  const elsewhere = await context.newPage();
  await elsewhere.goto(`/admin/organizations/${world.id}`);
  await elsewhere.getByRole("link", { name: "Data exports" }).click();
  await expect(elsewhere.getByRole("region", { name: "Exports" })).toContainText("for others");
  const refused = await elsewhere.request.get(`/admin/organizations/${world.id}/exports/${one.id}/download`);
  expect(refused.status()).toBe(403);
  await context.close();
});

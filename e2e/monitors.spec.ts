import { setTimeout as wait } from "node:timers/promises";
import type { Page } from "@playwright/test";
import { writer } from "#server/db.ts";
import { arrange } from "#testing/fixtures.ts";
import { expect, findEvents, test } from "./fixtures.ts";
import { asOwner } from "./footprint.ts";
import { mailsTo, mailTo } from "./mailbox.ts";

type World = { slug: string; people: Record<string, { email: string }> };

async function openNew(page: Page, slug: string): Promise<void> {
  await page.goto(`/o/${slug}/monitors`);
  await page.getByRole("link", { name: "New monitor" }).click();
}

async function addressOn(page: Page): Promise<string> {
  const text = (await page.getByRole("main").textContent()) ?? "";
  return /http[^ ]+?\/ping\/[0-9a-f]{64}/.exec(text)?.[0] ?? "";
}

/** What is found to have happened before a monitor was created is not shown, and the test lets minutes pass within seconds. */
async function makeOld(monitorId: string): Promise<void> {
  await asOwner(`UPDATE "Monitor" SET "createdAt" = "createdAt" - interval '1 hour' WHERE "id" = $1`, [monitorId]);
}

/** As if the last ping had come so long ago. */
async function letTimePass(monitorId: string, seconds: number): Promise<void> {
  await writer().$executeRaw`
    UPDATE "Monitor" SET "lastPingAt" = "lastPingAt" - make_interval(secs => ${seconds}::int), "stateSince" = "stateSince" - make_interval(secs => ${seconds}::int),
      "nextCheckAt" = now() WHERE "id" = ${monitorId}`;
}

async function expectState(page: Page, state: string): Promise<void> {
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole("term").filter({ hasText: new RegExp(`^${state} since$`) })).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 15_000 });
}

/** What the worker found, not only what the page says. */
async function expectFound(monitorId: string, state: string): Promise<void> {
  const found = () => writer().monitor.findUniqueOrThrow({ where: { id: monitorId }, select: { state: true } });
  await expect.poll(async () => (await found()).state, { timeout: 15_000 }).toBe(state);
}

const subjectsTo = async (email: string) =>
  (await mailsTo(email)).map(({ subject }) => subject).filter((subject) => /is (down|up)/.test(subject));

test("a ping, late, down, up again: everybody gets one mail for down and one for up", async ({ page, request, world, signInCustomer }) => {
  test.setTimeout(120_000);
  await signInCustomer(world.people.member.actor);
  await openNew(page, world.slug);
  await page.getByLabel("Name").fill("Nightly backup");
  await expect(page.getByLabel("Cron expression")).toBeHidden();
  await page.getByLabel(/^Expected/).fill("5");
  await page.getByLabel(/^Grace/).fill("2");
  await page.getByRole("button", { name: "Create monitor" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Nightly backup");
  await expectState(page, "Waiting");
  const id = /monitors\/(mon_\w+)/.exec(page.url())?.[1] ?? "";
  const address = await addressOn(page);
  await makeOld(id);

  expect(await (await request.get(address)).text()).toBe("OK\n");
  await expectFound(id, "up");
  await letTimePass(id, 301);
  await expectFound(id, "late");
  await expectState(page, "Late");
  expect(await subjectsTo(world.people.owner.email)).toEqual([]);

  await letTimePass(id, 120);
  await expectFound(id, "down");
  const letter = await mailTo(world.people.owner.email, "Nightly backup is down");
  expect(letter.text).toContain("No ping came by the time it was expected");
  expect(letter.text).toContain(`/o/${world.slug}/monitors/${id}`);
  await expectState(page, "Down");
  await page.goto(`/o/${world.slug}/status`);
  await expect(page.getByRole("main").getByRole("alert")).toContainText("1 down");
  await expect(page.getByRole("row").nth(1)).toContainText("Nightly backup");

  expect((await request.post(address, { data: "the job's output" })).status()).toBe(200);
  await expectFound(id, "up");
  await page.goto(`/o/${world.slug}/monitors/${id}`);
  await expectState(page, "Up");
  await expect(page.getByRole("region", { name: "Changes of state" }).getByRole("row")).toHaveCount(5);
  await expect(page.getByRole("img", { name: /up .* % of the time/ })).toBeVisible();
  await expectOneOfEach(world, "Nightly backup");
});

async function expectOneOfEach({ people }: World, name: string): Promise<void> {
  for (const { email } of Object.values(people)) {
    await mailTo(email, `${name} is up again`);
    expect(await subjectsTo(email)).toEqual([`${name} is up again`, `${name} is down`]);
  }
}

test("a job says when it starts and that it failed", async ({ page, request, world, signInCustomer }) => {
  await signInCustomer(world.people.owner.actor);
  await page.goto(`/o/${world.slug}/monitors/${world.monitor.id}`);
  const address = await addressOn(page);
  expect((await request.get(`${address}/start`)).status()).toBe(200);
  expect((await request.head(`${address}/fail`)).status()).toBe(200);
  await expectState(page, "Down");
  const letter = await mailTo(world.people.member.email, `${world.monitor.name} is down`);
  expect(letter.text).toContain("Its job said that it failed.");
  await expect(page.getByRole("region", { name: "Latest pings" })).toContainText("failed");
  expect((await request.get(`${address}/other`)).status()).toBe(404);
  expect((await request.put(address)).status()).toBe(405);
});

test("a ping's answer has the security headers, although it does not pass the first door", async ({ request, world }) => {
  const known = await request.get(`/ping/${world.monitor.pingKey}`);
  const unknown = await request.get(`/ping/${"0".repeat(64)}/fail`);
  expect([known.status(), unknown.status()]).toEqual([200, 404]);
  for (const answer of [known, unknown]) {
    expect(answer.headers()).toMatchObject({ "x-content-type-options": "nosniff", "cache-control": "no-store" });
    expect(answer.headers()["content-security-policy"]).toContain("default-src 'none'");
    expect(answer.headers()["set-cookie"]).toBeUndefined();
  }
  expect((await request.get("/ping/%FF")).status()).toBe(400);
  expect((await request.get("/ping/short")).status()).toBe(404);
});

/** What counts within a minute has to be looked at within one. */
async function untilEarlyInTheMinute(): Promise<void> {
  const [now] = await writer().$queryRaw<{ seconds: number }[]>`SELECT extract(second FROM now())::float8 AS "seconds"`;
  if (now && now.seconds > 45) await wait((60.5 - now.seconds) * 1_000);
}

test("more pings than the plan has in a minute are refused, with when to come back; a body too long is too", async ({ request, world }) => {
  const address = `/ping/${world.monitor.pingKey}`;
  await arrange((db) => db.limitOverride.create({ data: { organizationId: world.id, pingsPerMinute: 10 }, select: { id: true } }));
  await untilEarlyInTheMinute();
  await writer().$executeRaw`
    UPDATE "Monitor" SET "pingMinute" = date_trunc('minute', now()), "pingsInMinute" = 10 WHERE "id" = ${world.monitor.id}`;
  await expect.poll(async () => (await request.get(address)).status()).toBe(429);
  const refused = await request.get(address);
  expect(Number(refused.headers()["retry-after"])).toBeGreaterThan(0);
  expect(await refused.text()).toMatch(/10 pings a minute/);
  expect((await request.post(address, { data: "x".repeat(1_100_000) })).status()).toBe(413);
});

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with a script" : "without a script", () => {
    test.use({ javaScriptEnabled });

    test("a cron schedule is refused in words, created, edited, paused and resumed", async ({
      page,
      request,
      world,
      signInCustomer,
      noSeriousViolations,
    }) => {
      await signInCustomer(world.people.member.actor);
      await openNew(page, world.slug);
      await page.getByLabel("Name").fill("Payroll");
      await page.getByLabel("Schedule").selectOption("cron");
      await expect(page.getByLabel(/^Expected/)).toBeHidden();
      await page.getByLabel("Cron expression").fill("61 2 * * *");
      await page.getByLabel("Time zone").fill("Europe/Atlantis");
      await page.getByRole("button", { name: "Create monitor" }).click();
      await expect(page.getByText(/No time fits this cron expression/)).toBeVisible();
      await expect(page.getByText(/This time zone is not known/)).toBeVisible();
      await expect(page.getByLabel("Cron expression")).toHaveValue("61 2 * * *");
      await noSeriousViolations(page);
      await page.getByLabel("Cron expression").fill("30 2 * * 1-5");
      await page.getByLabel("Time zone").fill("Europe/Berlin");
      await page.getByRole("button", { name: "Create monitor" }).click();
      await expect(page.getByRole("heading", { level: 1 })).toContainText("Payroll");
      await expect(page.getByText("Cron 30 2 * * 1-5 in Europe/Berlin")).toBeVisible();
      await expect(page.getByText(/02:30 Europe\/Berlin/)).toHaveCount(3);
      await noSeriousViolations(page);

      await page.getByRole("link", { name: "Edit" }).click();
      await expect(page.getByLabel("Cron expression")).toHaveValue("30 2 * * 1-5");
      await page.getByLabel("Schedule").selectOption("interval");
      await page.getByLabel(/^Expected/).fill("90");
      await page.getByRole("button", { name: "Save" }).click();
      await expect(page.getByText("Every 90 minutes, 5 minutes of grace")).toBeVisible();

      const address = await addressOn(page);
      await page.getByRole("button", { name: "Pause" }).click();
      await expect(page.getByRole("term").filter({ hasText: "Paused since" })).toBeVisible();
      expect(await (await request.get(address)).text()).toMatch(/noted, but this monitor is paused/);
      await page.getByRole("button", { name: "Resume" }).click();
      await expect(page.getByRole("term").filter({ hasText: "Waiting since" })).toBeVisible();
      const events = await findEvents({ organizationId: world.id, actorId: world.people.member.id });
      expect(events.map(({ operation, outcome }) => `${operation} ${outcome}`).filter((each) => !each.endsWith("failed"))).toEqual(
        ["create", "update", "pause", "resume"].map((verb) => `monitor.${verb} succeeded`),
      );
    });

    test("a new address makes the old one useless", async ({ page, request, world, signInCustomer }) => {
      await signInCustomer(world.people.admin.actor);
      await page.goto(`/o/${world.slug}/monitors/${world.monitor.id}`);
      const old = await addressOn(page);
      await page.getByText("New ping address").first().click();
      await page.getByLabel(/^Type/).fill(world.monitor.name);
      await page.getByRole("button", { name: "New ping address" }).click();
      await expect(page.getByText(/Done/)).toBeVisible();
      const current = await addressOn(page);
      expect(current).not.toBe(old);
      expect((await request.get(old)).status()).toBe(404);
      expect((await request.get(current)).status()).toBe(200);
    });

    test("a member sees why they may not have a new one", async ({ page, world, signInCustomer }) => {
      await signInCustomer(world.people.member.actor);
      await page.goto(`/o/${world.slug}/monitors/${world.monitor.id}`);
      await page.getByText("New ping address").first().click();
      await expect(page.getByRole("button", { name: "New ping address" })).toBeDisabled();
      await expect(page.getByText(/takes the role owner or admin/).last()).toBeVisible();
    });
  });
}

test("the plan's last monitor is created, the next one refused with who can change that", async ({ page, world, signInCustomer }) => {
  await arrange((db) => db.limitOverride.create({ data: { organizationId: world.id, monitors: 2 }, select: { id: true } }));
  await signInCustomer(world.people.owner.actor);
  for (const name of ["Second", "Third"]) {
    await openNew(page, world.slug);
    await page.getByLabel("Name").fill(name);
    await page.getByRole("button", { name: "Create monitor" }).click();
  }
  await expect(page.getByText(/may have 2 monitors, and has 2/)).toBeVisible();
  await expect(page.getByText(/have an owner choose a larger plan/)).toBeVisible();
});

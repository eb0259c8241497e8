import { type ChildProcess, spawn } from "node:child_process";
import type { Page } from "@playwright/test";
import { unique } from "#testing/fixtures.ts";
import { type SwitchProxy, startSwitchProxy } from "#testing/switch-proxy.ts";
import { findFreePort } from "../dev/ports.ts";
import { expect, findEvents, test } from "./fixtures.ts";

let server: ChildProcess;
let database: SwitchProxy;
let origin: string;

test.beforeAll(async () => {
  const port = await findFreePort();
  origin = `http://localhost:${port}`;
  database = await startSwitchProxy(process.env.DATABASE_URL ?? "");
  const env = {
    ...process.env,
    PORT: String(port),
    APP_URL: origin,
    DATABASE_URL: database.url,
    DATABASE_READER_URL: database.through(process.env.DATABASE_READER_URL ?? ""),
    NODE_ENV: "production",
    LOG_LEVEL: "silent",
    WEB_PROCESSES: "1",
  };
  const parameters = ["src/serve.ts", "-p", String(port), "-H", "127.0.0.1"];
  server = spawn(process.execPath, parameters, { env: env as NodeJS.ProcessEnv, stdio: "ignore" });
  await expect
    .poll(
      () =>
        fetch(`${origin}/readyz`).then(
          ({ status }) => status,
          () => 0,
        ),
      { timeout: 30_000 },
    )
    .toBe(200);
});
test.afterEach(() => database.turn("on"));
test.afterAll(async () => {
  server.kill();
  await database.stop();
});

const away = "The database cannot be reached. Nothing was changed; try again in a moment.";

for (const how of ["off", "frozen"] as const) {
  test(`while the database is ${how}, the product says so, gives back what was typed, and goes on afterwards`, async ({
    page,
    context,
    world,
    signInCustomer,
    noSeriousViolations,
  }) => {
    test.setTimeout(150_000);
    await signInCustomer(world.people.admin.actor);
    const name = `Nightly ${unique()}`;
    await page.goto(`${origin}/o/${world.slug}/api/new`);
    await page.getByLabel("Name").fill(name);
    const other = await context.newPage();
    const monitors = `${origin}/o/${world.slug}/monitors`;
    await other.goto(monitors);
    await expect(other.getByRole("heading", { level: 1 })).toHaveText("Monitors");

    database.turn(how);
    await expectOutage(other, () => other.goto(monitors, { timeout: 60_000 }), "Not available right now");
    await noSeriousViolations(other);
    await expectOutage(page, () => submit(page, "Create API key"), "This could not be done now");
    await expect(page.getByRole("main")).toContainText(name);
    await noSeriousViolations(page);

    database.turn("on");
    await page.getByRole("button", { name: "Send again" }).click();
    await expect(page.getByRole("link", { name: "I have copied it" })).toBeVisible();
    expect((await other.goto(monitors))?.status()).toBe(200);
    await expect(other.getByRole("heading", { level: 1 })).toHaveText("Monitors");
    const events = await findEvents({ organizationId: world.id, operation: "apiKey.create" });
    expect(events.map(({ outcome }) => outcome)).toEqual(["succeeded"]);
    expect(server.exitCode, "it is the same server").toBeNull();
  });

  test(`while the database is ${how}, the staff area says so, gives back what was typed, and goes on afterwards`, async ({
    page,
    context,
    world,
    signInStaff,
    noSeriousViolations,
  }) => {
    test.setTimeout(150_000);
    await signInStaff(["operations"]);
    await page.goto(`${origin}/admin/operations/organization.rename?targetId=${world.id}`);
    await page.getByLabel("New name").fill(`Renamed ${world.slug}`);
    await page.getByLabel("Reason").fill("Wanted while nothing answers");
    const other = await context.newPage();
    const organization = `${origin}/admin/organizations/${world.id}`;
    await other.goto(organization);

    database.turn(how);
    await expectOutage(other, () => other.goto(organization, { timeout: 60_000 }), "Not available right now");
    await noSeriousViolations(other);
    await expectOutage(page, () => submit(page, "Preview"), "This could not be done now");
    await expect(page.getByRole("main")).toContainText("Wanted while nothing answers");

    database.turn("on");
    await page.getByRole("button", { name: "Send again" }).click();
    await expect(page).toHaveURL(/\/admin\/proposals\//);
    await expect(page.getByRole("main")).toContainText(`Renamed ${world.slug}`);
    expect((await other.goto(organization))?.status()).toBe(200);
    await expect(other.getByRole("heading", { level: 1 })).toContainText(world.name);
    expect(server.exitCode, "it is the same server").toBeNull();
  });
}

type Answer = { status(): number } | null;

async function expectOutage(page: Page, ask: () => Promise<Answer>, heading: string): Promise<void> {
  expect((await ask())?.status()).toBe(503);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(heading);
  await expect(page.getByRole("main")).toContainText(away);
  expect(await page.content()).not.toMatch(/\bat .+\.(ts|js):\d+|prisma|ECONN|Query read timeout/i);
}

async function submit(page: Page, button: string): Promise<Answer> {
  const answered = page.waitForResponse((response) => response.request().method() === "POST", { timeout: 60_000 });
  await page.getByRole("button", { name: button }).click({ noWaitAfter: true });
  return answered;
}

import { arrange } from "#testing/fixtures.ts";
import { expect, findEvents, test } from "./fixtures.ts";
import { banner, enter } from "./impersonation-steps.ts";
import { confirm, fillIn, preview } from "./staff-steps.ts";

// What is set here counts for every test: it runs after the others, one at a time.
test.describe.configure({ mode: "serial" });

const soon = { timeout: 5_000 };

test.afterEach(() => arrange((db) => db.setting.deleteMany({ where: { id: { in: ["maintenance", "maximumUploadBytes"] } } })));

test("a setting is changed with a preview, counts within seconds, and is taken back", async ({
  page,
  world,
  signInStaff,
  signInCustomer,
  noSeriousViolations,
}) => {
  const staff = await signInStaff(["engineering"]);
  await signInCustomer(world.people.owner.actor);
  const form = { targetId: world.id, "input.name": "x".repeat(25_000), back: "/" };
  const headers = { origin: new URL(process.env.APP_URL ?? "").origin };
  const submit = async () => (await page.request.post("/operations/organization.rename", { form, headers, maxRedirects: 0 })).status();
  expect(await submit()).toBe(303);

  await page.goto("/admin/settings");
  await page.getByRole("link", { name: "Maximum upload" }).click();
  await page.getByRole("link", { name: "Change “Maximum upload”" }).click();
  await expect(page.getByLabel("Bytes")).toHaveValue("1000000");
  await page.getByLabel("Bytes").evaluate((field: HTMLInputElement) => field.removeAttribute("min"));
  await fillIn(page, { Bytes: "10" });
  await expect(page.getByLabel("Bytes")).toHaveAccessibleDescription(/At least 20,000/);
  await fillIn(page, { Bytes: "20000" });
  await expect(page.getByRole("main")).toContainText("Change “Maximum upload” from 1,000,000 bytes to 20,000 bytes");
  await noSeriousViolations(page);
  await confirm(page, { button: "Change “Maximum upload”", phrase: "maximumUploadBytes" });
  await expect.poll(submit, soon).toBe(413);
  expect(await findEvents({ actorId: staff.id, operation: "setting.changeMaximumUploadBytes" })).toMatchObject([{ outcome: "succeeded" }]);

  await page.goto("/admin/settings");
  await expect(page.getByRole("row", { name: /Maximum upload/ })).toContainText(`by ${staff.label}`);
  await preview(page, { operation: "setting.reset", targetId: "maximumUploadBytes" });
  await confirm(page, { button: "Back to the default", phrase: "maximumUploadBytes" });
  await expect.poll(submit, soon).toBe(303);
});

test("maintenance closes the product in words, while pings are taken and staff go on", async ({
  page,
  browser,
  world,
  signInStaff,
  signInCustomer,
  request,
  noSeriousViolations,
}) => {
  const staff = await signInStaff(["engineering"]);
  const customer = await browser.newContext({ baseURL: process.env.APP_URL ?? "" });
  await signInCustomer(world.people.owner.actor, customer);
  const product = await customer.newPage();
  await preview(page, { operation: "setting.changeMaintenance", targetId: "maintenance", fields: { On: true, Message: "Back at two." } });
  await confirm(page, { button: "Change “Maintenance”", phrase: "maintenance" });

  const monitors = `/o/${world.slug}/monitors`;
  await expect.poll(async () => (await product.goto(monitors))?.status(), soon).toBe(503);
  await expect(product.getByRole("heading", { level: 1 })).toHaveText("Under maintenance");
  await expect(product.getByRole("main")).toContainText("Back at two.");
  expect((await product.goto(monitors))?.headers()["retry-after"]).toBe("120");
  await noSeriousViolations(product);
  expect((await product.goto("/sign-in"))?.status()).toBe(503);
  expect((await request.get("/api/trpc/organizations.mine")).status()).toBe(503);
  expect((await request.get(`/ping/${world.monitor.pingKey}`)).status()).toBe(200);
  expect((await page.goto(`/admin/organizations/${world.id}`))?.status()).toBe(200);

  await enter(page, { staff, world });
  await page.goto(monitors);
  await expect(banner(page)).toBeVisible();
  await expect(page.getByText("Under maintenance. Customers read this instead of the page: “Back at two.”")).toBeVisible();
  await expect(page.getByText(world.monitor.name)).toBeVisible();

  await preview(page, { operation: "setting.reset", targetId: "maintenance" });
  await confirm(page, { button: "Back to the default", phrase: "maintenance" });
  await expect.poll(async () => (await product.goto(monitors))?.status(), soon).toBe(200);
  await customer.close();
});

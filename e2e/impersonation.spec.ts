import { globSync } from "node:fs";
import type { Page } from "@playwright/test";
import { allOperations } from "#router/registry.ts";
import { hashPassword } from "#server/auth/password.ts";
import { reader } from "#server/db.ts";
import { arrange, makeStaff } from "#testing/fixtures.ts";
import { beginImpersonation } from "#testing/scenarios/impersonations.ts";
import type { World } from "#testing/scenarios/scenario.ts";
import { expect, findEvents, test } from "./fixtures.ts";
import { footprint } from "./footprint.ts";
import { banner, enter, ownUrl } from "./impersonation-steps.ts";

const password = "correct horse battery";

test("in the customer's seat every page shows the banner, and neither a page nor a form changes a row", async ({
  page,
  world,
  signInStaff,
}) => {
  test.setTimeout(240_000);
  const staff = await signInStaff(["support"]);
  const { owner } = world.people;
  const { id } = await beginImpersonation({ starter: staff, world, userId: owner.id });
  await page.goto(`/admin/impersonations/${id}`);
  const entering = page.waitForResponse((response) => response.url().includes("/impersonation/enter?code="));
  await page.getByRole("button", { name: /^View as/ }).click();
  expect((await (await entering).allHeaders())["referrer-policy"]).toBe("no-referrer");
  await expect(page).toHaveURL(new RegExp(`/o/${world.slug}`));
  expect(page.url()).not.toContain("code=");
  await expect(banner(page)).toContainText("READ-ONLY");
  await expect(banner(page).getByRole("button")).toHaveText(["End"]);

  const ids = [world.id, ...Object.values(world.people).map((person) => person.id), world.monitor.id, staff.id, id];
  const before = await footprint(ids);
  for (const path of [...pagesOf(world), "/impersonation/refused?why=used"]) {
    const answer = await page.goto(path);
    expect(answer?.status(), path).toBeLessThan(500);
    await expect(banner(page), path).toBeVisible();
  }
  for (const path of formsOf()) {
    const form = { targetId: world.id, email: owner.email, password, back: "/", "input.name": "Changed", code: "x" };
    const answer = await page.request.post(path, { form, headers: { origin: ownUrl() }, maxRedirects: 0 });
    expect(answer.status(), path).toBeLessThan(500);
  }
  const after = await footprint(ids);
  for (const table of ["AuditEvent", "ImpersonationView", "StaffSession"]) {
    delete before[table];
    delete after[table];
  }
  expect(after).toEqual(before);
  expect(await findEvents({ impersonationId: id, outcome: "succeeded", operation: { not: "impersonation.enter" } })).toEqual([]);

  await page.goto(`/o/${world.slug}/monitors`);
  await page.evaluate(() => {
    document.body.style.minHeight = "5000px";
    scrollTo(0, 4000);
  });
  await expect(banner(page)).toBeInViewport();
  await page.goto(`/admin/impersonations/${id}`);
  await expect(page.getByRole("region", { name: "What was opened" })).toContainText(`/o/${world.slug}/monitors`);
  expect(await reader().impersonationView.count({ where: { impersonationId: id, name: "(not found)" } })).toBe(1);
});

test("stepping up shows WRITE and lets through what is declared, under both names; stepping down takes it back", async ({
  page,
  world,
  signInStaff,
  noSeriousViolations,
}) => {
  const staff = await signInStaff(["support"]);
  const { owner } = world.people;
  const id = await enter(page, { staff, world });
  const members = `/o/${world.slug}/members`;
  await page.goto(members);
  await noSeriousViolations(page);
  await banner(page).getByRole("link", { name: "Allow changes" }).click();
  await page.getByLabel("Reason").fill("They asked us on the phone to rename it");
  await page.getByRole("button", { name: "Preview" }).click();
  await page.getByLabel(/^Type/).fill(owner.email);
  await page.getByRole("button", { name: "Allow changes" }).click();
  await expect(page).toHaveURL(/\/admin\/impersonations\/imp_/);
  await page.goto(members);
  await expect(banner(page)).toContainText("WRITE");
  await noSeriousViolations(page);
  await page.getByLabel("New name").fill("Renamed by staff");
  await page.getByRole("button", { name: "Rename" }).click();
  await expect(page.getByText("Renamed by staff").first()).toBeVisible();
  expect(await findEvents({ operation: "organization.rename", targetId: world.id })).toMatchObject([
    {
      outcome: "succeeded",
      actorId: staff.id,
      onBehalfOfId: owner.id,
      impersonationId: id,
      reason: "They asked us on the phone to rename it",
    },
  ]);
  await banner(page).getByRole("button", { name: "Read-only again" }).click();
  await page.goto(members);
  await expect(banner(page)).toContainText("READ-ONLY");
  const answer = await postRename(page, world);
  expect(answer.headers().location).toContain("refused=organization.rename");
  await page.goto(answer.headers().location ?? "");
  await expect(page.getByRole("alert").first()).toContainText("read-only");
});

test("a code opens once: in a second browser, or again, it sets nothing and says so", async ({ page, browser, world, signInStaff }) => {
  const staff = await signInStaff(["support"]);
  const { id } = await beginImpersonation({ starter: staff, world, userId: world.people.member.id });
  await page.goto(`/admin/impersonations/${id}`);
  const answer = await page.request.post(`/admin/impersonations/${id}/enter`, { form: {}, headers: { origin: ownUrl() }, maxRedirects: 0 });
  const address = answer.headers().location ?? "";
  expect(address).toContain("/impersonation/enter?code=");
  await page.goto(address);
  await expect(banner(page)).toBeVisible();
  const other = await browser.newContext({ baseURL: ownUrl() });
  const theirs = await other.newPage();
  for (const path of [address, "/impersonation/enter?code=guessed"]) {
    const refused = await theirs.goto(path);
    expect(refused?.status()).toBe(403);
    expect(theirs.url()).not.toContain("code=");
    await expect(theirs.getByRole("heading", { level: 1 })).toHaveText("Not entered");
    expect(await other.cookies()).toEqual([]);
  }
  await other.close();
});

test("signing in as the customer in the same browser gains nothing, and the customer's own browser loses nothing", async ({
  page,
  browser,
  world,
  signInStaff,
  signInCustomer,
}) => {
  const staff = await signInStaff(["support"]);
  const { owner } = world.people;
  const passwordHash = await hashPassword(password);
  await arrange((db) => db.user.update({ where: { id: owner.id }, data: { passwordHash }, select: { id: true } }));
  await enter(page, { staff, world });
  const form = { email: owner.email, password, next: "/security" };
  const answer = await page.request.post("/sign-in/submit", { form, headers: { origin: ownUrl() }, maxRedirects: 0 });
  expect(answer.status()).toBeLessThan(500);
  expect(await findEvents({ operation: "user.signIn", targetId: owner.id, outcome: "succeeded" })).toEqual([]);
  await page.goto("/security");
  await expect(banner(page)).toBeVisible();
  const own = await browser.newContext({ baseURL: ownUrl() });
  await signInCustomer(owner.actor, own);
  const theirs = await own.newPage();
  await theirs.goto(`/o/${world.slug}/monitors`);
  await expect(theirs.getByText(world.monitor.name).first()).toBeVisible();
  await expect(banner(theirs)).toHaveCount(0);
  await own.close();
});

test("one who views already begins no second one, and staff are never a target", async ({ page, world, signInStaff }) => {
  const staff = await signInStaff(["support"]);
  await enter(page, { staff, world });
  await page.goto(`/admin/operations/impersonation.start?targetId=${world.people.member.membershipId}`);
  await page.getByLabel("Reason").fill("One more");
  await page.getByLabel(/^Ticket/).fill("SUP-1");
  await page.getByRole("button", { name: "Preview" }).click();
  await expect(page.getByText(/viewing as somebody already/).first()).toBeVisible();
  const colleague = await makeStaff("viewer");
  const membership = await arrange(async (db) => {
    const user = await db.user.create({ data: { name: "At home", email: colleague.email }, select: { id: true } });
    return db.membership.create({ data: { organizationId: world.id, userId: user.id, role: "member" }, select: { id: true } });
  });
  await page.goto(`/admin/operations/impersonation.start?targetId=${membership.id}`);
  await page.getByLabel("Reason").fill("One more");
  await page.getByLabel(/^Ticket/).fill("SUP-1");
  await page.getByRole("button", { name: "Preview" }).click();
  await expect(page.getByText(/is staff/).first()).toBeVisible();
});

function postRename(page: Page, world: World) {
  const form = { targetId: world.id, "input.name": "Once more", back: `/o/${world.slug}/members` };
  return page.request.post("/operations/organization.rename", { form, headers: { origin: ownUrl() }, maxRedirects: 0 });
}

/** Every page of the product, at this organization's addresses; what has no id here answers like something absent. */
function pagesOf({ slug, monitor, people }: World): string[] {
  const ids: Record<string, string> = { monitors: monitor.id, members: people.member.membershipId };
  return globSync("src/app/(product)/**/page.tsx").map(
    (file) =>
      file
        .replace(/^src\/app\/\(product\)/, "")
        .replace(/\/page\.tsx$/, "")
        .replace("[slug]", slug)
        .replace("[...path]", "no/such/page")
        .replace(/([a-z-]+)\/\[\w+\]/g, (_match, noun: string) => `${noun}/${ids[noun] ?? "absent"}`)
        .concat("") || "/",
  );
}

/** Every form of the product, and every operation by the product's road, but what ends the impersonation. */
function formsOf(): string[] {
  const routes = globSync("src/app/{(product)/,}**/route.ts")
    .filter((file) => !/app\/(admin|api|impersonation|healthz|readyz)\//.test(file) && !file.includes("["))
    .map((file) => file.replace(/^src\/app(\/\(product\))?/, "").replace(/\/route\.ts$/, ""));
  const operations = allOperations
    .filter(({ whileImpersonating }) => whileImpersonating !== "always")
    .map(({ name }) => `/operations/${name}`);
  return [...new Set([...routes, ...operations])];
}

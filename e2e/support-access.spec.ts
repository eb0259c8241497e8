import { makeOrganization } from "#testing/fixtures.ts";
import { beginImpersonation } from "#testing/scenarios/impersonations.ts";
import { chooseSupportAccess, makeAccessRequest } from "#testing/scenarios/support-access.ts";
import { expect, findEvents, test } from "./fixtures.ts";
import { asOwner } from "./footprint.ts";
import { banner, ownUrl } from "./impersonation-steps.ts";
import { linkIn, mailTo } from "./mailbox.ts";
import { choose, submitAsStaff } from "./support-access-steps.ts";

const words = { reason: "They see no monitors", ticket: "SUP-4211" };

test("ask first: asked by mail, allowed, seen while it lasts, told of afterwards, and reviewed by a second person", async ({
  page,
  browser,
  world,
  javaScriptEnabled,
  signInStaff,
  signInCustomer,
  noSeriousViolations,
}) => {
  test.setTimeout(300_000);
  const { owner, member } = world.people;
  const own = { javaScriptEnabled: javaScriptEnabled !== false };
  const [customers, reviewers] = [await browser.newContext(own), await browser.newContext(own)];
  const [customer, reviewer] = [await customers.newPage(), await reviewers.newPage()];
  await signInCustomer(owner.actor, customers);
  const staff = await signInStaff(["operations"]);
  const supportAccess = `/o/${world.slug}/support-access`;

  await test.step("the owner chooses to be asked first", async () => {
    await choose(customer, { world, title: "Ask me first" });
    await noSeriousViolations(customer);
    await expect(customer.getByRole("main")).toContainText("Nobody of our support has looked yet");
  });

  await test.step("staff read that before they type, and are refused", async () => {
    await page.goto(`/admin/operations/impersonation.start?targetId=${member.membershipId}`);
    await expect(page.getByRole("main")).toContainText(`${world.name} wants to be asked first`);
    await submitAsStaff(page, { operation: "impersonation.start", button: "View as this person", world, words });
    await expect(page.getByRole("alert").first()).toContainText("nobody there has allowed you");
  });

  await test.step("they ask; the owner gets a mail, and allows it for an hour", async () => {
    await submitAsStaff(page, { operation: "accessRequest.create", button: "Ask for access", world, words });
    await expect(page).toHaveURL(/\/admin$/);
    await expect(page.getByRole("main")).toContainText(`Your request to view ${world.name} as ${member.name} waits for an answer`);
    const mail = await mailTo(owner.email, `Our support asks to view ${world.name}`);
    expect(mail.text).toContain(words.reason);
    await customer.goto(linkIn(mail));
    const requests = customer.getByRole("region", { name: "Requests for access" });
    await expect(requests).toContainText(staff.label);
    await expect(requests).toContainText(words.ticket);
    await noSeriousViolations(customer);
    await requests.getByRole("button", { name: "Allow for 1 hour" }).click();
    await expect(customer.getByRole("region", { name: "Requests for access" })).toContainText(`is allowed until`);
  });

  await test.step("now they get in, and the person whose view it is sees that", async () => {
    await submitAsStaff(page, { operation: "impersonation.start", button: "View as this person", world, words });
    await page.getByRole("button", { name: /^View as/ }).click();
    await expect(banner(page)).toBeVisible();
    await page.goto(`/o/${world.slug}/members`);
    await expect(page.getByText("of Countersign support")).toHaveCount(0);
    const persons = await browser.newContext(own);
    await signInCustomer(member.actor, persons);
    const person = await persons.newPage();
    for (const path of [`/o/${world.slug}/monitors`, "/security"]) {
      await person.goto(path);
      const notice = person.getByRole("status").filter({ hasText: "is viewing your account" });
      await expect(notice).toContainText(
        `${staff.label} of Countersign support is viewing your account in ${world.name}, read-only, until`,
      );
      await expect(notice).toContainText(words.reason);
    }
    await noSeriousViolations(person);
    await person.goto(supportAccess);
    await expect(person.getByRole("region", { name: "Open now" })).toContainText(staff.label);
    await expect(person.getByRole("main")).toContainText("Owners and admins see every access");
    await persons.close();
  });

  await test.step("they end it, and both are told what was opened", async () => {
    await banner(page).getByRole("button", { name: "End" }).click();
    const mail = await mailTo(member.email, `Our support viewed ${world.name}`);
    expect(mail.text).toContain("as you");
    expect(mail.text).toContain("It was read-only");
    expect(mail.text).toContain("Nothing was changed");
    await customer.goto(linkIn(await mailTo(owner.email, `Our support viewed ${world.name}`)));
    const main = customer.getByRole("main");
    await expect(main).toContainText(words.reason);
    await expect(main).toContainText("Our staff ended it.");
    await expect(customer.getByRole("region", { name: "What was opened" })).toContainText(`/o/${world.slug}/members`);
    await noSeriousViolations(customer);
    await customer.goto(supportAccess);
    await expect(customer.getByRole("region", { name: "Every access" })).toContainText(staff.label);
  });

  await test.step("a second person reviews it, and the one who looked may not", async () => {
    await page.goto("/admin/impersonations");
    await page
      .getByRole("row", { name: new RegExp(staff.label) })
      .getByRole("link")
      .first()
      .click();
    await expect(page.getByRole("main")).toContainText("A second person does this");
    const id = page.url().split("/").at(-1) ?? "";
    await page.goto(`/admin/operations/impersonation.review?targetId=${id}`);
    await page.getByLabel("Verdict").selectOption({ label: "Appropriate" });
    await page.getByLabel("Reason").fill("It was me");
    await page.getByRole("button", { name: "Preview" }).click();
    await expect(page.getByRole("alert").first()).toContainText("Nobody reviews what they did themselves");

    await asOwner(`UPDATE "Impersonation" SET "needsReview" = true WHERE "id" = $1`, [id]);
    await signInStaff(["admin"], reviewers);
    await reviewer.goto("/admin/reviews");
    await reviewer.goto(`/admin/impersonations/${id}`);
    await expect(reviewer.getByRole("main")).toContainText("It waits for a second person");
    await reviewer.getByRole("link", { name: "Review an impersonation" }).click();
    await reviewer.getByLabel("Verdict").selectOption({ label: "Needs follow-up" });
    await reviewer.getByLabel("Note").fill("The ticket asks for something else");
    await reviewer.getByLabel("Reason").fill("It was in the queue");
    await reviewer.getByRole("button", { name: "Preview" }).click();
    await reviewer.getByRole("button", { name: "Review an impersonation" }).click();
    await expect(reviewer).toHaveURL(new RegExp(`/admin/impersonations/${id}$`));
    await expect(reviewer.getByRole("main")).toContainText("Needs follow-up");
    await noSeriousViolations(reviewer);
    await reviewer.goto("/admin");
    await reviewer.getByRole("link", { name: /found something/ }).click();
    await expect(reviewer.getByRole("region", { name: "What reviews found" })).toContainText("The ticket asks for something else");
  });
  await Promise.all([customers.close(), reviewers.close()]);
});

test("a page that stays open says within half a minute that somebody looks, and as soon that they have left", async ({
  page,
  browser,
  world,
  javaScriptEnabled,
  signInStaff,
  signInCustomer,
}) => {
  test.skip(javaScriptEnabled === false, "Without a script, a page says it when it is opened.");
  const { member } = world.people;
  await signInCustomer(member.actor);
  await page.clock.install();
  await page.goto("/security");
  const notice = page.getByRole("status").filter({ hasText: "is viewing your account" });
  const afterHalfAMinute = (check: () => Promise<void>) =>
    expect(async () => {
      await page.clock.runFor(30_000);
      await check();
    }).toPass({ timeout: 20_000 });
  let asked = 0;
  page.on("request", (request) => (asked += Number(request.url().includes("supportAccess.now"))));
  await afterHalfAMinute(() => expect.poll(() => asked, { timeout: 2_000 }).toBeGreaterThan(0));
  await expect(notice).toHaveCount(0);

  const staffs = await browser.newContext();
  const staff = await signInStaff(["support"], staffs);
  const { id } = await beginImpersonation({ starter: staff, world, userId: member.id });
  await afterHalfAMinute(() => expect(notice).toContainText(`${staff.label} of Countersign support`, { timeout: 2_000 }));
  await asOwner(`UPDATE "Impersonation" SET "startedAt" = now() - interval '30 minutes', "expiresAt" = now() WHERE "id" = $1`, [id]);
  await afterHalfAMinute(() => expect(notice).toHaveCount(0, { timeout: 2_000 }));
  await staffs.close();
});

test("a refusal keeps them out, and what was allowed ends by the clock of the database, also for who is inside", async ({
  page,
  browser,
  world,
  javaScriptEnabled,
  signInStaff,
  signInCustomer,
}) => {
  test.setTimeout(120_000);
  const customers = await browser.newContext({ javaScriptEnabled: javaScriptEnabled !== false });
  const customer = await customers.newPage();
  await signInCustomer(world.people.admin.actor, customers);
  const staff = await signInStaff(["support"]);
  await chooseSupportAccess(world, "askFirst");
  await submitAsStaff(page, { operation: "accessRequest.create", button: "Ask for access", world, words });
  await customer.goto(`/o/${world.slug}/support-access`);
  await customer.getByRole("button", { name: `Refuse ${staff.label}` }).click();
  await expect(customer.getByRole("region", { name: "Requests for access" })).toContainText("was refused");
  await submitAsStaff(page, { operation: "impersonation.start", button: "View as this person", world, words });
  await expect(page.getByRole("alert").first()).toContainText("nobody there has allowed you");

  const consent = await makeAccessRequest({ staff, world, state: "allowed" });
  await submitAsStaff(page, { operation: "impersonation.start", button: "View as this person", world, words });
  await page.getByRole("button", { name: /^View as/ }).click();
  await expect(banner(page)).toBeVisible();
  await asOwner(`UPDATE "AccessRequest" SET "allowedUntil" = now() WHERE "id" = $1`, [consent]);
  await page.goto(`/o/${world.slug}/monitors`);
  await expect(banner(page)).toHaveCount(0);
  await expect(page.getByRole("main")).toContainText(/does not allow this any more|word of/);
  await customers.close();
});

test("nobody answers for a customer: not a member, not another organization, not the staff from the customer's seat", async ({
  page,
  world,
  browser,
  signInStaff,
  signInCustomer,
}) => {
  const staff = await signInStaff(["admin"]);
  await chooseSupportAccess(world, "askFirst");
  const id = await makeAccessRequest({ staff, world });
  const other = await makeOrganization();
  const post = async (request: import("@playwright/test").APIRequestContext, operation: string, fields: Record<string, string>) =>
    request.post(`/operations/${operation}`, { form: { back: "/", ...fields }, headers: { origin: ownUrl() }, maxRedirects: 0 });
  for (const actor of [world.people.member.actor, other.people.owner.actor]) {
    const context = await browser.newContext();
    await signInCustomer(actor, context);
    expect((await post(context.request, "accessRequest.allow", { targetId: id, "input.duration": "week" })).status()).toBe(303);
    await context.close();
  }
  // From a seat that somebody else's consent gave: as the owner of this organization.
  await makeAccessRequest({ staff, world, userId: world.people.owner.id, state: "allowed" });
  const seat = await beginImpersonation({ starter: staff, world, userId: world.people.owner.id, mode: "write" });
  await page.goto(`/admin/impersonations/${seat.id}`);
  await page.getByRole("button", { name: /^View as/ }).click();
  await expect(banner(page)).toBeVisible();
  await post(page.request, "accessRequest.allow", { targetId: id, "input.duration": "week" });
  await post(page.request, "organization.setSupportAccess", { targetId: world.id, "input.access": "allowed" });
  const events = await findEvents({
    OR: [{ targetId: id }, { impersonationId: seat.id }],
    operation: { in: ["accessRequest.allow", "organization.setSupportAccess"] },
  });
  expect(events.map(({ operation, outcome }) => [operation, outcome])).toEqual([
    ["accessRequest.allow", "denied"],
    ["accessRequest.allow", "denied"],
    ["accessRequest.allow", "denied"],
    ["organization.setSupportAccess", "denied"],
  ]);
});

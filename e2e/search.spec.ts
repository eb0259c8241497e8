import { unique } from "#testing/fixtures.ts";
import { makeApiKey } from "#testing/scenarios/integrations.ts";
import { expect, findEvents, test } from "./fixtures.ts";

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with scripts" : "without a script", () => {
    test.use({ javaScriptEnabled });

    test("a pasted id opens the page that shows what it names; one that nobody has is said to be unknown", async ({
      page,
      world,
      signInStaff,
      noSeriousViolations,
    }) => {
      const staff = await signInStaff(["viewer"]);
      const { key, prefix } = await makeApiKey(world);
      const { member } = world.people;
      const [organization, user] = [`/admin/organizations/${world.id}`, `/admin/users/${member.id}`];
      const places = {
        [world.id]: organization,
        [member.membershipId]: organization,
        [world.monitor.id]: organization,
        [key]: organization,
        [member.id]: user,
        [member.sessionId]: user,
        [staff.id]: "/admin/staff",
        [staff.sessionId]: "/admin/staff",
      };
      for (const [id, path] of Object.entries(places)) {
        await page.goto("/admin");
        await page.getByRole("combobox", { name: "Search" }).fill(id);
        await page.getByRole("button", { name: "Search" }).click();
        await expect(page, id).toHaveURL(path);
      }
      await page.goto(`/admin/search?q=${world.id}`);
      await expect(page).toHaveURL(organization);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText(world.name);

      // Of its own: what others asked for in vain, the audit knows.
      const unknown = `org_${unique()}${unique()}`;
      await page.goto(`/admin/search?q=${unknown}`);
      await expect(page.getByRole("main")).toContainText(`Nothing here has the id “${unknown}”`);
      await noSeriousViolations(page);

      const recorded = (await findEvents({ actorId: staff.id, operation: "search.run" })).map(({ metadata }) => metadata);
      expect(recorded).toContainEqual({ query: staff.id, hits: 1, more: false, where: "everywhere" });
      expect(recorded).toContainEqual({ query: unknown, hits: 0, more: false, where: "everywhere" });
      expect(recorded).toContainEqual({ query: prefix, hits: 1, more: false, where: "everywhere" });
      expect(JSON.stringify(recorded)).not.toContain(key.slice(-43));
    });
  });
}

import { AxeBuilder } from "@axe-core/playwright";
import { type BrowserContext, test as base, expect, type Page } from "@playwright/test";
import type { StaffRole } from "#generated/prisma/enums.ts";
import type { StaffActor, UserActor } from "#server/actor.ts";
import { sessionCookieName } from "#server/auth/cookies.ts";
import { disconnect } from "#server/db.ts";
import { setAdminUrl } from "#testing/database.ts";
import { findEvents, makeOrganization, makeStaff } from "#testing/fixtures.ts";
import { signedInHeaders } from "#testing/session-cookies.ts";

type Fixtures = {
  /** Signs a browser in as new staff with these roles, by a real session and its cookie. */
  signInStaff: (roles: StaffRole[], context?: BrowserContext) => Promise<StaffActor>;
  /** Signs a browser in as this customer. */
  signInCustomer: (actor: UserActor, context?: BrowserContext) => Promise<void>;
  /** An organization of the test's own. */
  world: Awaited<ReturnType<typeof makeOrganization>>;
  noSeriousViolations: (page: Page) => Promise<void>;
};

export const test = base.extend<Fixtures, { database: undefined }>({
  database: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameters' names
    async ({}, use) => {
      const { E2E_OWNER_URL: owner = "", DATABASE_URL: app = "", DATABASE_READER_URL: reader = "" } = process.env;
      setAdminUrl({ superuser: owner, owner, app, reader });
      await use(undefined);
      await disconnect();
    },
    { scope: "worker", auto: true },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameters' names
  world: async ({}, use) => use(await makeOrganization()),
  signInStaff: async ({ context }, use) =>
    use(async (roles, other = context) => {
      const actor = await makeStaff(...roles);
      await addCookie(other, "staff", actor.sessionId);
      return actor;
    }),
  signInCustomer: async ({ context }, use) => use((actor, other = context) => addCookie(other, "product", actor.sessionId ?? "")),
  noSeriousViolations: async ({ javaScriptEnabled }, use) =>
    use(async (page) => {
      // The checker is a script itself.
      if (javaScriptEnabled === false) return;
      const { violations } = await new AxeBuilder({ page }).analyze();
      const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
      expect(
        serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`),
        page.url(),
      ).toEqual([]);
    }),
});

async function addCookie(context: BrowserContext, surface: "staff" | "product", sessionId: string): Promise<void> {
  const name = sessionCookieName(surface);
  const header = (await signedInHeaders(surface, sessionId)).get("cookie") ?? "";
  const value = header.split(`${name}=`)[1] ?? "";
  await context.addCookies([
    { name, value, domain: "localhost", path: surface === "staff" ? "/admin" : "/", httpOnly: true, sameSite: "Lax" },
  ]);
}

export { expect, findEvents };

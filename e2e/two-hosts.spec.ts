import { type ChildProcess, spawn } from "node:child_process";
import { request as httpRequest } from "node:http";
import { beginImpersonation } from "#testing/scenarios/impersonations.ts";
import { findFreePort } from "../dev/ports.ts";
import { expect, findEvents, test } from "./fixtures.ts";
import { banner } from "./impersonation-steps.ts";

let server: ChildProcess;
let port: number;
const product = () => `http://localhost:${port}`;
const staffArea = () => `http://admin.localhost:${port}`;

test.beforeAll(async () => {
  port = await findFreePort();
  const env = {
    ...process.env,
    PORT: String(port),
    APP_URL: product(),
    STAFF_URL: staffArea(),
    NODE_ENV: "production",
    LOG_LEVEL: "error",
    WEB_PROCESSES: "1",
  };
  const parameters = ["src/serve.ts", "-p", String(port), "-H", "127.0.0.1"];
  server = spawn(process.execPath, parameters, { env: env as NodeJS.ProcessEnv, stdio: "ignore" });
  await expect.poll(() => status("localhost", "/healthz"), { timeout: 30_000 }).toBe(200);
});
test.afterAll(() => server.kill());

test("the product's host knows no staff area, the staff area's host nothing else, and both say how they are", async ({ world }) => {
  for (const path of ["/admin", "/admin/sign-in", "/%61dmin", "/admin/api/trpc/home.get"]) {
    expect(await status("localhost", path), path).toBe(404);
    expect(await status("admin.localhost", path), path).not.toBe(404);
  }
  for (const path of ["/", "/sign-in", "/api/trpc/organizations.mine", "/impersonation/enter", "/api/auth/csrf"]) {
    expect(await status("admin.localhost", path), path).toBe(404);
  }
  expect(await status("elsewhere.example", "/admin")).toBe(404);
  const ping = `/ping/${world.monitor.pingKey}`;
  expect([await status("localhost", ping), await status("admin.localhost", ping)]).toEqual([200, 404]);
  for (const host of ["localhost", "admin.localhost"]) {
    expect(await status(host, "/healthz")).toBe(200);
    expect(await status(host, "/readyz")).toBe(200);
  }
});

test("staff cross from one host to the other by a code, and back by the banner; no cookie is shared", async ({
  page,
  context,
  world,
  signInStaff,
}) => {
  const staff = await signInStaff(["support"]);
  const [cookie] = await context.cookies();
  if (!cookie) throw new Error("A cookie was expected.");
  await context.clearCookies();
  await context.addCookies([{ ...cookie, domain: "admin.localhost" }]);
  const { id } = await beginImpersonation({ starter: staff, world, userId: world.people.owner.id });
  await page.goto(`${staffArea()}/admin/impersonations/${id}`);
  await page.getByRole("button", { name: /^View as/ }).click();
  await expect(page).toHaveURL(`${product()}/o/${world.slug}/monitors`);
  await expect(banner(page)).toBeVisible();
  const jar = (await context.cookies()).map(({ name, domain }) => ({ name, domain }));
  expect(jar.filter(({ domain }) => domain === "localhost")).toEqual([
    { name: expect.stringContaining("impersonation"), domain: "localhost" },
  ]);
  expect(await banner(page).getByRole("link", { name: "Allow changes" }).getAttribute("href")).toContain(staffArea());
  await banner(page).getByRole("button", { name: "End" }).click();
  await expect(page).toHaveURL(`${staffArea()}/admin/impersonations/${id}`);
  await expect(page.getByRole("main")).toContainText("ended");
  const events = await findEvents({ OR: [{ impersonationId: id }, { targetId: id }] });
  expect(events.map(({ operation }) => operation)).toEqual(["impersonation.handOver", "impersonation.enter", "impersonation.end"]);
});

test("a form of one host is refused when the other one sends it, and staff sign in at their own address", async ({ page }) => {
  const origin = { origin: product(), "content-type": "application/x-www-form-urlencoded" };
  expect(await status("admin.localhost", "/admin/sign-in/start", origin)).toBe(403);
  expect(await status("localhost", "/sign-in/submit", { ...origin, origin: staffArea() })).toBe(403);
  const asked = page.waitForRequest((request) => request.url().includes("redirect_uri="));
  await page.goto(`${staffArea()}/admin`);
  await expect(page).toHaveURL(new RegExp(`^${staffArea()}/admin/sign-in`));
  await page.getByRole("button", { name: /identity provider/i }).click();
  expect(new URL((await asked).url()).searchParams.get("redirect_uri")).toBe(`${staffArea()}/admin/api/auth/callback/staff`);
});

/** What a host answers; a form where headers are given. Names below localhost are the browser's to resolve, not ours. */
function status(host: string, path: string, headers?: Record<string, string>): Promise<number> {
  return new Promise((resolve) => {
    const name = host.endsWith("localhost") ? `${host}:${port}` : host;
    const sent = httpRequest(
      { host: "127.0.0.1", port, path, method: headers ? "POST" : "GET", headers: { ...headers, host: name } },
      (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? 0);
      },
    );
    sent.on("error", () => resolve(0));
    sent.end();
  });
}

import { afterAll, afterEach, expect, inject, vi } from "vitest";
import { provision } from "../../dev/provision.ts";
import { migrate } from "../../prisma/migrate.ts";
import { asRole, setAdminUrl } from "./database.ts";

const { adminUrl, passwords } = { adminUrl: inject("adminUrl"), passwords: inject("passwords") };
const database = `test_${process.env.VITEST_POOL_ID}`;
const { appUrl, readerUrl, ownerUrl } = await provision({ adminUrl, database, passwords });
await migrate(ownerUrl);
setAdminUrl({ superuser: adminUrl.replace(/\/postgres$/, `/${database}`), owner: ownerUrl, app: appUrl, reader: readerUrl });
// Each file begins as the first one does: with the defaults, and with nothing in the queues that its workers would do first.
await asRole("superuser", (client) => client.query(`DELETE FROM "Setting"; DELETE FROM pgboss.job WHERE state < 'completed'`));

Object.assign(process.env, {
  APP_URL: "http://localhost:3000",
  DATABASE_URL: appUrl,
  DATABASE_READER_URL: readerUrl,
  DATABASE_POOL_SIZE: "5",
  PRODUCT_AUTH_SECRET: "test".repeat(10),
  STAFF_AUTH_SECRET: "tset".repeat(10),
  STAFF_OIDC_ISSUER: "http://localhost:1",
  STAFF_OIDC_CLIENT_ID: "countersign",
  STAFF_OIDC_CLIENT_SECRET: "secret",
  SMTP_URL: "smtp://localhost:1",
  STRIPE_SECRET_KEY: "sk_test_of_the_tests",
  STRIPE_WEBHOOK_SECRET: "whsec_of_the_tests",
  STRIPE_API_BASE: "http://localhost:1",
  LOG_LEVEL: "silent",
});

const consoleError = vi.spyOn(console, "error");

afterEach(() => {
  expect(consoleError.mock.calls, "nothing is printed as an error unless a test expects it").toEqual([]);
  consoleError.mockClear();
});

afterAll(async () => {
  const { disconnect } = await import("#server/db.ts");
  const { stopSender } = await import("#server/jobs/boss.ts");
  await stopSender();
  await disconnect();
});

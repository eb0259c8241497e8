import { afterAll, afterEach, expect, inject, vi } from "vitest";
import { setAdminUrl, stopObserving } from "./database.ts";
import { copyTemplate } from "./template-database.ts";

const [adminUrl, urls] = [inject("adminUrl"), inject("templateUrls")];
const name = `test_${process.env.VITEST_POOL_ID}`;
const { appUrl, readerUrl, ownerUrl } = await copyTemplate({ adminUrl, urls, name });
setAdminUrl({ superuser: adminUrl.replace(/\/postgres$/, `/${name}`), owner: ownerUrl, app: appUrl, reader: readerUrl });

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
  await Promise.all([disconnect(), stopObserving()]);
});

import { defineConfig } from "@playwright/test";
import { findBrowser } from "./e2e/browser.ts";

export default defineConfig({
  testDir: "e2e",
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: Boolean(process.env.CI),
  workers: 2,
  reporter: [["list"], ["json", { outputFile: "test-results/e2e.json" }]],
  use: {
    baseURL: process.env.APP_URL,
    // Recording each test takes longer than many a test. For one that fails: `--trace retain-on-failure`.
    trace: "off",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: findBrowser(),
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
      ],
    },
  },
  projects: [
    { name: "with JavaScript", testIgnore: /(development|settings)\.spec/ },
    {
      name: "without JavaScript",
      testMatch: /(accounts|second-factor|integrations|main-job|members|operations|product|support-access)\.spec/,
      use: { javaScriptEnabled: false },
    },
    // Settings count for everybody, so nothing else runs meanwhile. Alone: `--no-deps --project "for everybody"`.
    { name: "for everybody", testMatch: /settings\.spec/, dependencies: ["with JavaScript", "without JavaScript"] },
    { name: "development server", testMatch: /development/, use: { baseURL: process.env.E2E_DEVELOPMENT_URL } },
  ],
});

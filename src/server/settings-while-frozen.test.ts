import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { startSwitchProxy } from "#testing/switch-proxy.ts";
import { disconnect } from "./db.ts";
import { getSetting } from "./settings.ts";

test("settings that are known are not waited for while the database stands still, and are read anew afterwards", async () => {
  const proxy = await startSwitchProxy(process.env.DATABASE_READER_URL ?? "");
  process.env.DATABASE_READER_URL = `${proxy.url}?query_timeout=4000`;
  const known = await getSetting("maximumUploadBytes");
  await wait(1_600);
  proxy.turn("frozen");
  for (const most of [1_500, 300]) {
    const begun = performance.now();
    expect(await getSetting("maximumUploadBytes")).toBe(known);
    expect(performance.now() - begun).toBeLessThan(most);
  }
  proxy.turn("on");
  await wait(1_600);
  expect(await getSetting("maximumUploadBytes")).toBe(known);
  await disconnect();
  await proxy.stop();
});

import { afterEach, expect, test, vi } from "vitest";
import { startReceiver } from "#testing/receiver.ts";
import { publicFetch } from "./public-fetch.ts";

// What is tested here is what happens on a connection, and the only receiver there is runs on this machine.
vi.stubEnv("WEBHOOK_ALLOW_PRIVATE", "true");

const stops: (() => Promise<void>)[] = [];
afterEach(async () => void (await Promise.all(stops.splice(0).map((stop) => stop()))));

async function receiver(...parameters: Parameters<typeof startReceiver>) {
  const started = await startReceiver(...parameters);
  stops.push(started.stop);
  return started;
}

test("the connection goes to the address that was checked, whatever the name stands for by then", async () => {
  const { port, received } = await receiver();
  let asked = 0;
  const resolve = async () => {
    asked += 1;
    return [{ address: asked === 1 ? "127.0.0.1" : "192.0.2.1", family: 4 }];
  };
  const url = `http://rebind.example:${port}/hook?a=b`;
  expect(await publicFetch({ url, headers: { "x-own": "1" }, body: '{"ü":1}' }, { resolve })).toEqual({ status: 200, text: "thanks" });
  expect(received).toMatchObject([{ path: "/hook?a=b", body: '{"ü":1}', headers: { host: `rebind.example:${port}`, "x-own": "1" } }]);
  expect(asked).toBe(1);
});

test("a redirect is not followed", async () => {
  const inner = await receiver();
  const { url } = await receiver((response) => response.writeHead(307, { location: inner.url }).end());
  expect(await publicFetch({ url, headers: {}, body: "{}" })).toMatchObject({ status: 307 });
  expect(inner.received).toEqual([]);
});

test("of an answer that never ends, 4 KB are read", async () => {
  const { url } = await receiver((response) => {
    const more = () => void (response.destroyed || response.write("x".repeat(1_000), () => setImmediate(more)));
    more();
  });
  const { text } = await publicFetch({ url, headers: {}, body: "{}" });
  expect(text).toBe("x".repeat(4_096));
});

test("who says nothing, or drips, is given up in time", async () => {
  const silent = await receiver(() => undefined);
  const dripping = await receiver((response) => {
    const timer = setInterval(() => response.write("."), 20);
    response.once("close", () => clearInterval(timer));
  });
  for (const { url } of [silent, dripping])
    await expect(publicFetch({ url, headers: {}, body: "{}" }, { timeout: 200 })).rejects.toThrow("No answer within 0.2 seconds.");
});

test("nobody listening is said", async () => {
  const { url, stop } = await startReceiver();
  await stop();
  await expect(publicFetch({ url, headers: {}, body: "{}" })).rejects.toThrow("No connection: ECONNREFUSED.");
});

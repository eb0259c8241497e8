import { expect, test } from "vitest";
import { inTurn } from "#server/in-turn.ts";

test("three at once for one actor, twenty wait, and the next is refused; others are not held up", async () => {
  let running = 0;
  let most = 0;
  let release: () => void = () => undefined;
  const gate = new Promise<void>((open) => {
    release = open;
  });
  const work = async () => {
    running += 1;
    most = Math.max(most, running);
    await gate;
    running -= 1;
  };
  const accepted = Array.from({ length: 23 }, () => inTurn("one", work));
  await expect(inTurn("one", work)).rejects.toMatchObject({ code: "TOO_MANY_REQUESTS" });
  await expect(inTurn("another", async () => "done")).resolves.toBe("done");
  release();
  await Promise.all(accepted);
  expect(most).toBe(3);
  await expect(inTurn("one", async () => "again")).resolves.toBe("again");
});

test("a failure gives up its place", async () => {
  for (let attempt = 0; attempt < 10; attempt += 1) {
    await expect(inTurn("failing", () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  }
  await expect(inTurn("failing", async () => "done")).resolves.toBe("done");
});

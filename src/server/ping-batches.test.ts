import { setImmediate as turnOfTheLoop } from "node:timers/promises";
import { expect, test } from "vitest";
import { gather } from "./ping-batches.ts";

/** Work that is done when the test says so, and notes what it was asked. */
function inSteps() {
  const asked: { keys: string[]; kinds: string[]; done: (found: string[]) => void; failed: (error: Error) => void }[] = [];
  const ask = gather<string>(
    (keys, kinds) =>
      new Promise((resolve, reject) => {
        asked.push({ keys, kinds, done: (found) => resolve(new Set(found)), failed: reject });
      }),
  );
  const step = async (index: number) => {
    await expect.poll(() => asked.length).toBe(index + 1);
    const work = asked[index];
    if (!work) throw new Error("There is no such step.");
    return work;
  };
  return { ask, asked, step };
}

test("what comes alone is done at once; what comes meanwhile is done together, and each is told of its own", async () => {
  const { ask, step } = inSteps();
  const first = ask("a", "success");
  const [second, third] = [ask("b", "fail"), ask("c", "start")];
  const one = await step(0);
  expect(one.keys).toEqual(["a"]);
  one.done(["a"]);
  expect(await first).toBe(true);
  const two = await step(1);
  expect([two.keys, two.kinds]).toEqual([
    ["b", "c"],
    ["fail", "start"],
  ]);
  two.done(["c"]);
  expect(await Promise.all([second, third])).toEqual([false, true]);
});

test("who asks again right after the answer shares the next work with others who do", async () => {
  const { ask, step } = inSteps();
  const first = [ask("alone", "success"), ask("a", "success"), ask("b", "success")];
  (await step(0)).done(["alone"]);
  (await step(1)).done(["a", "b"]);
  await Promise.all(first);
  const again = ask("a", "success");
  await turnOfTheLoop();
  const other = ask("b", "success");
  const shared = await step(2);
  expect(shared.keys).toEqual(["a", "b"]);
  shared.done(shared.keys);
  expect(await Promise.all([again, other])).toEqual([true, true]);
});

test("nobody is answered before their own work is done", async () => {
  const { ask, step } = inSteps();
  const first = ask("a", "success");
  let answered = false;
  const second = ask("b", "success").then((found) => {
    answered = true;
    return found;
  });
  (await step(0)).done(["a"]);
  await first;
  const two = await step(1);
  expect(answered).toBe(false);
  two.done(["b"]);
  expect(await second).toBe(true);
});

test("the same key twice is done one after the other, and at most fifty at once", async () => {
  const { ask, step } = inSteps();
  const all = [ask("first", "success"), ask("x", "start"), ask("x", "success")];
  for (let index = 0; index < 60; index += 1) all.push(ask(`k${index}`, "success"));
  (await step(0)).done(["first"]);
  const second = await step(1);
  expect(second.keys).toHaveLength(50);
  expect(second.keys.filter((key) => key === "x")).toHaveLength(1);
  second.done(second.keys);
  const third = await step(2);
  expect([third.keys[0], third.kinds[0]]).toEqual(["x", "success"]);
  third.done(third.keys);
  expect(await Promise.all(all)).toEqual(Array(63).fill(true));
});

test("a failure is told to those of that moment and to nobody else", async () => {
  const { ask, step } = inSteps();
  const first = ask("a", "success");
  const second = ask("b", "success");
  (await step(0)).failed(new Error("away"));
  await expect(first).rejects.toThrow("away");
  (await step(1)).done(["b"]);
  expect(await second).toBe(true);
});

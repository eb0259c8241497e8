import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createCleanup } from "./cleanup.ts";
import { claimDataDirectory } from "./data-directory.ts";
import { identify } from "./processes.ts";
import { startWorkers } from "./workers.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "countersign-workers-"));
  writeFileSync(join(folder, "program.mjs"), program);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("workers are started, started again when they end unasked, and end in the orderly way when told", async () => {
  const stop = await startTwo();
  await vi.waitFor(() => expect(lines()).toHaveLength(2), { timeout: 5_000 });
  const [first = 0, second = 0] = lines().map(pidOf);
  process.kill(first, "SIGKILL");
  await vi.waitFor(() => expect(lines()).toHaveLength(3), { timeout: 5_000 });
  const third = pidOf(lines()[2]);
  expect(third).not.toBe(first);
  expect([first, second, third].map((pid) => identify(pid) !== undefined)).toEqual([false, true, true]);
  expect(vi.mocked(console.error).mock.calls).toEqual([["A worker ended unexpectedly (killed); it is started again in 1 s."]]);
  vi.mocked(console.error).mockClear();
  await stop();
  expect(lines().slice(3).sort()).toEqual([`ended ${second}`, `ended ${third}`].sort());
  expect([second, third].map(identify)).toEqual([undefined, undefined]);
});

test("one that ends again and again is started less and less often, and no more after the stop", async () => {
  const stop = await startTwo("exit");
  await vi.waitFor(() => expect(lines()).toHaveLength(4), { timeout: 5_000 });
  const told = vi.mocked(console.error).mock.calls.map(([text]) => text);
  expect(told[0]).toContain("(3); it is started again in 1 s");
  await vi.waitFor(() => expect(vi.mocked(console.error).mock.calls.at(-1)?.[0]).toContain("in 2 s"));
  await stop();
  vi.mocked(console.error).mockClear();
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  expect(lines()).toHaveLength(4);
});

/** Says its process id, and whether it was asked to end. */
const program = `
import { appendFileSync } from "node:fs";
appendFileSync(process.env.LINES, "started " + process.pid + "\\n");
if (process.argv[2] === "exit") process.exit(3);
process.on("SIGTERM", () => { appendFileSync(process.env.LINES, "ended " + process.pid + "\\n"); process.exit(0); });
setInterval(() => {}, 1000);
`;

async function startTwo(...parameters: string[]): Promise<() => Promise<void>> {
  const cleanup = createCleanup();
  const dataDirectory = await claimDataDirectory(folder, "http://localhost:1");
  const environment = { PATH: process.env.PATH, LINES: join(folder, "lines") };
  writeFileSync(environment.LINES, "");
  startWorkers({ count: 2, parameters: [join(folder, "program.mjs"), ...parameters], environment, cleanup, dataDirectory });
  return cleanup.run;
}

function lines(): string[] {
  return readFileSync(join(folder, "lines"), "utf8").split("\n").filter(Boolean);
}

function pidOf(line = ""): number {
  return Number(line.split(" ")[1]);
}

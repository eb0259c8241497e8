import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { identify } from "./processes.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "countersign-watch-"));
  writeFileSync(join(folder, "program.ts"), program);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("what a process watches over ends with it when it is killed, and its temporary files go", async () => {
  const { parent, child } = await startProgram();
  process.kill(parent, "SIGKILL");
  await vi.waitFor(() => expect(identify(child)).toBeUndefined(), { timeout: 5_000 });
  await vi.waitFor(() => expect(existsSync(join(folder, "temporary"))).toBe(false), { timeout: 5_000 });
});

test("watching over something keeps no process running", async () => {
  const { parent, child } = await startProgram("end");
  await vi.waitFor(() => expect(identify(parent)).toBeUndefined(), { timeout: 5_000 });
  await vi.waitFor(() => expect(identify(child)).toBeUndefined(), { timeout: 5_000 });
});

const program = `
import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { identify } from "${resolve("dev/processes.ts")}";
import { watchOver } from "${resolve("dev/watch-over.ts")}";
mkdirSync("temporary");
watchOver({ folder: process.cwd() + "/temporary" });
const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { detached: true, stdio: "ignore" });
child.unref();
watchOver({ group: identify(child.pid) });
writeFileSync("child", String(child.pid));
if (process.argv[2] !== "end") setInterval(() => {}, 1000);
`;

async function startProgram(...parameters: string[]): Promise<{ parent: number; child: number }> {
  const started = spawn(process.execPath, ["program.ts", ...parameters], { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
  await vi.waitFor(() => expect(existsSync(join(folder, "child"))).toBe(true), { timeout: 10_000 });
  return { parent: started.pid ?? 0, child: Number(readFileSync(join(folder, "child"), "utf8")) };
}

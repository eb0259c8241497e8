import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { leftOverAfter, placeOfItsOwn, runCommand } from "#testing/start-command.ts";

// A file system of its own, that only this command sees; what is left in it is listed after the start.
const onSmallDisk = `mount -t tmpfs -o size="$SIZE" tmpfs "$DISK" || exit 99; "$@"; code=$?; ls "$COUNTERSIGN_DATA_DIR"; exit $code`;

// PostgreSQL makes its files, on a machine that may be busy.
const patient = 60_000;

let disk: string;

beforeEach(() => {
  disk = mkdtempSync(join(tmpdir(), "countersign-disk-"));
});
afterEach(() => rmSync(disk, { recursive: true, force: true }));

const cannotMount = whyNoMount();

describe.skipIf(cannotMount)(`a disk that becomes full is told in one sentence, with exit code 1${cannotMount}`, () => {
  test("while PostgreSQL is made: nothing half made is left", { timeout: patient }, async () => {
    const { output } = await expectRefusal("20m");
    expect(output.split("\n").slice(1)).toEqual(["postgres.log", "secrets.json", ""]);
  });

  test("while the demo world is filled", { timeout: patient }, async () => {
    const { output } = await expectRefusal("54m");
    expect(output).toMatch(/^Applied \d+ migrations/m);
    expect(output).not.toContain("Filled");
  });
});

async function expectRefusal(size: string): Promise<{ output: string }> {
  const environment = { ...(await placeOfItsOwn(join(disk, "data"))), DISK: disk, SIZE: size };
  const through = ["unshare", "--mount", "sh", "-c", onSmallDisk, "sh"];
  const { code, output, errors } = await runCommand([process.execPath, "dev/start.ts"], environment, { through }).ended;
  expect(errors).toMatch(/^The disk that holds [^\n]+ is full: [^\n]+\n$/);
  expect(code).toBe(1);
  expect(await leftOverAfter(0, [], disk)).toEqual([]);
  return { output };
}

/** Why no small disk can be made here, for the names of tests that are left out then. */
function whyNoMount(): string {
  const { status, stderr, error } = spawnSync("unshare", ["--mount", "mount", "-t", "tmpfs", "tmpfs", tmpdir()], { encoding: "utf8" });
  return status === 0 ? "" : `: left out, for nothing may be mounted here (${(error?.message ?? stderr).trim()})`;
}

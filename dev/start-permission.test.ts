import { execFileSync } from "node:child_process";
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { leftOverAfter, placeOfItsOwn, runCommand } from "#testing/start-command.ts";
import { findPostgresAccount } from "./postgres-account.ts";

// Root may write everywhere, so under root another account starts.
const account = findPostgresAccount();
const unreachable = account && !mayRead(account) ? `the account postgres cannot read ${process.cwd()}` : false;

let folder: string;
let dataDir: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "countersign-permission-"));
  dataDir = join(folder, "data");
  chmodSync(folder, 0o755);
});
afterEach(() => {
  for (const path of [folder, dataDir]) chmodSync(path, 0o755);
  rmSync(folder, { recursive: true, force: true });
});

describe.skipIf(unreachable)(
  `a start without permission is told in one sentence, with exit code 1${unreachable ? `: ${unreachable}` : ""}`,
  () => {
    test("where the data directory may not be made", async () => {
      chmodSync(folder, 0o555);
      await expectRefusal(dataDir);
      chmodSync(folder, 0o755);
      mkdirSync(dataDir);
    });

    test("in a data directory that may not be written", async () => {
      mkdirSync(dataDir, { mode: 0o555 });
      await expectRefusal(join(dataDir, "running.json"));
      expect(readdirSync(dataDir)).toEqual([]);
    });

    test.each(["running.json", "secrets.json", "postgres.log"])("with a %s in it that is somebody else's", async (name) => {
      makeOwnDirectory();
      writeFileSync(join(dataDir, name), "{}", { mode: 0o000 });
      await expectRefusal(join(dataDir, name));
      expect(readdirSync(dataDir)).toContain(name);
      expect(readdirSync(dataDir).filter((entry) => /^postgres$|unfinished|password/.test(entry))).toEqual([]);
    });

    test("with a database in it that is somebody else's, which nobody is told to clear", async () => {
      makeOwnDirectory();
      mkdirSync(join(dataDir, "postgres"), { mode: 0o000 });
      const errors = await expectRefusal(join(dataDir, "postgres"));
      expect(errors).not.toContain("reset");
      chmodSync(join(dataDir, "postgres"), 0o755);
    });

    test("and a build that may not be written", async () => {
      mkdirSync(dataDir, { mode: 0o555 });
      const program = `
      import { ensureBuild } from "./dev/build.ts";
      import { describeFailure } from "./dev/start-error.ts";
      await ensureBuild({ settings: { distDir: process.argv[1] } }).catch((error) => console.error(describeFailure(error)));`;
      const { errors, output } = await runCommand([process.execPath, "--input-type=module", "-e", program, dataDir], {}, { as: account })
        .ended;
      expect(errors).toMatch(/^[^\n]+NEXT_DIST_DIR[^\n]+\n$/);
      expect(errors).toContain(dataDir);
      expect(output).toBe("");
    });
  },
);

async function expectRefusal(place: string): Promise<string> {
  const { code, errors } = await runCommand([process.execPath, "dev/start.ts"], await placeOfItsOwn(dataDir), { as: account }).ended;
  expect(errors).toMatch(/^Permission [^\n]+\n$/);
  expect(errors).toContain(place);
  expect(code).toBe(1);
  expect(await leftOverAfter(0, [], dataDir)).toEqual([]);
  return errors;
}

function makeOwnDirectory(): void {
  mkdirSync(dataDir);
  if (account) chownSync(dataDir, account.uid, account.gid);
}

function mayRead({ uid, gid }: { uid: number; gid: number }): boolean {
  try {
    execFileSync(process.execPath, ["-e", "require('fs').accessSync('dev/start.ts')"], { uid, gid, stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

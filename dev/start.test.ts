import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { familyOf, leftOverAfter, placeOfItsOwn, portVariables, runCommand } from "#testing/start-command.ts";

let dataDir: string;
let server: Server | undefined;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "countersign-start-"));
});
afterEach(() => {
  server?.close();
  server = undefined;
  rmSync(dataDir, { recursive: true, force: true });
});

describe("a start that cannot be is told in one sentence, with exit code 1", () => {
  test.each(portVariables)("a busy %s, by its number and the variable that changes it", async (variable) => {
    const port = await occupy();
    const { code, errors } = await start({ [variable]: String(port) });
    expect(code).toBe(1);
    expect(errors).toMatch(new RegExp(`^[^\\n]*${port}[^\\n]*${variable}[^\\n]*\\n$`));
    expect(readdirSync(dataDir).filter((name) => name === "postgres")).toEqual([]);
  });

  test("data of another PostgreSQL version", async () => {
    mkdirSync(join(dataDir, "postgres"), { recursive: true });
    writeFileSync(join(dataDir, "postgres", "PG_VERSION"), "15\n");
    const { code, errors } = await start({});
    expect(code).toBe(1);
    expect(errors).toMatch(/^[^\n]*PostgreSQL 15 [^\n]*npm run reset\.\n$/);
  });

  test("a file where the data directory should be", async () => {
    const file = join(dataDir, "file");
    writeFileSync(file, "");
    const { code, errors } = await start({ COUNTERSIGN_DATA_DIR: file });
    expect(code).toBe(1);
    expect(errors).toMatch(/^[^\n]+\n$/);
  });

  test("a port that is none, a number of workers that is none, and half a configuration", async () => {
    const wrongs: Record<string, string>[] = [
      { PORT: "eighty" },
      { WORKER_PROCESSES: "-1" },
      { DATABASE_URL: "postgresql://localhost/x" },
      { STAFF_OIDC_ISSUER: "http://localhost:1" },
    ];
    for (const wrong of wrongs) {
      const { code, errors } = await start(wrong);
      expect(code, errors).toBe(1);
      expect(errors).toMatch(/^[^\n]+\n$/);
    }
  });
});

test("Ctrl-C while PostgreSQL is made leaves neither a process nor half a database", async () => {
  const command = runCommand([process.execPath, "dev/start.ts"], await placeOfItsOwn(dataDir));
  await vi.waitFor(() => expect(readdirSync(join(dataDir, "postgres.unfinished"))).not.toEqual([]), { timeout: 10_000, interval: 5 });
  const family = familyOf(command.pid);
  process.kill(-command.pid, "SIGINT");
  expect(await command.ended).toMatchObject({ code: 0, errors: "" });
  expect(await leftOverAfter(1_000, family, dataDir)).toEqual([]);
  expect(readdirSync(dataDir).sort()).toEqual(["postgres.log", "secrets.json"]);
});

async function occupy(): Promise<number> {
  const listening = createServer();
  server = listening;
  await new Promise<void>((ready) => listening.listen(0, "127.0.0.1", ready));
  const address = listening.address();
  return typeof address === "object" && address ? address.port : 0;
}

async function start(environment: Record<string, string>): Promise<{ code: number | null; errors: string }> {
  const { ended } = runCommand([process.execPath, "dev/start.ts"], { ...(await placeOfItsOwn(dataDir)), ...environment });
  const { code, errors } = await ended;
  expect(await leftOverAfter(0, [], dataDir)).toEqual([]);
  return { code, errors };
}

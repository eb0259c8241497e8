import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { findFreePort } from "./ports.ts";

const portVariables = ["PORT", "POSTGRES_PORT", "IDENTITY_PROVIDER_PORT", "SMTP_PORT", "MAILBOX_PORT", "STRIPE_PORT"];

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

async function occupy(): Promise<number> {
  const listening = createServer();
  server = listening;
  await new Promise<void>((ready) => listening.listen(0, "127.0.0.1", ready));
  const address = listening.address();
  return typeof address === "object" && address ? address.port : 0;
}

async function start(environment: Record<string, string>): Promise<{ code: number | null; errors: string }> {
  const given: Record<string, string> = {};
  for (const variable of portVariables) given[variable] = String(await findFreePort());
  const child = spawn(process.execPath, ["dev/start.ts"], {
    env: { PATH: process.env.PATH, COUNTERSIGN_DATA_DIR: dataDir, ...given, ...environment } as unknown as NodeJS.ProcessEnv,
    stdio: ["ignore", "ignore", "pipe"],
  });
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    errors += text;
  });
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { code, errors };
}

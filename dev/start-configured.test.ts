import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { urlOf } from "#testing/database.ts";
import { leftOverAfter, placeOfItsOwn, runCommand } from "#testing/start-command.ts";
import { findFreePort } from "./ports.ts";

let dataDir: string;
let good: { DATABASE_OWNER_URL: string; DATABASE_URL: string; DATABASE_READER_URL: string };

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "countersign-configured-"));
  good = { DATABASE_OWNER_URL: urlOf("owner"), DATABASE_URL: urlOf("app"), DATABASE_READER_URL: urlOf("reader") };
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

describe("a configured database that cannot be used is told in one sentence, with exit code 1", () => {
  test("one that is away, by name and by address", async () => {
    const port = await findFreePort();
    for (const host of ["localhost", "127.0.0.1"]) {
      const url = `postgresql://countersign_owner:x@${host}:${port}/countersign`;
      expect(await refusal({ DATABASE_OWNER_URL: url })).toMatch(/DATABASE_OWNER_URL .*ECONNREFUSED/);
    }
  });

  test("one that was not provisioned, with the command that does it", async () => {
    const absent = urlOf("owner").replace(/\/[^/]*$/, "/not_provisioned");
    expect(await refusal({ DATABASE_OWNER_URL: absent })).toMatch(
      /DATABASE_OWNER_URL .*"not_provisioned" does not exist.*npm run db:provision/,
    );
    const stranger = Object.assign(new URL(urlOf("app")), { password: "another" }).href;
    expect(await refusal({ DATABASE_URL: stranger })).toMatch(/DATABASE_URL .*countersign_app.*npm run db:provision/);
  });

  test.each([
    ["DATABASE_OWNER_URL", "app"],
    ["DATABASE_URL", "owner"],
    ["DATABASE_READER_URL", "app"],
  ] as const)("a %s with the role of %s", async (variable, role) => {
    expect(await refusal({ [variable]: urlOf(role) })).toContain(`${variable} signs in as countersign_${role} and must as`);
  });
});

async function refusal(wrong: Record<string, string>): Promise<string> {
  const environment = { ...(await placeOfItsOwn(dataDir)), ...good, ...wrong };
  const { code, errors } = await runCommand([process.execPath, "dev/start.ts"], environment).ended;
  expect(errors).toMatch(/^[^\n]+\.\n$/);
  expect(code).toBe(1);
  expect(await leftOverAfter(0, [], dataDir)).toEqual([]);
  expect(readdirSync(dataDir)).toEqual([]);
  return errors;
}

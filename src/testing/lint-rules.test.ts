import { spawnSync } from "node:child_process";
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const direction = "noRestrictedImports";
const bad: [path: string, source: string, rule: string][] = [
  ["src/lib/bad.ts", 'import { a } from "#domain/roles.ts";\nexport const b = a;\n', direction],
  ["src/domain/bad.ts", 'import { a } from "#server/errors.ts";\nexport const b = a;\n', direction],
  ["src/domain/bad.ts", 'import { a } from "../server/errors.ts";\nexport const b = a;\n', direction],
  ["src/server/bad.ts", 'import { a } from "#operations/registry.ts";\nexport const b = a;\n', direction],
  ["src/server/audit/bad.ts", 'import { a } from "../../router/registry.ts";\nexport const b = a;\n', direction],
  ["src/server/bad.ts", 'import type { A } from "#ui/page.ts";\nexport type B = A;\n', direction],
  ["src/operations/user/bad.ts", 'import { a } from "../organization/suspend.ts";\nexport const b = a;\n', direction],
  ["src/operations/user/bad.ts", 'import { a } from "#server/db.ts";\nexport const b = a;\n', direction],
  ["src/operations/user/bad.ts", 'import { a } from "next/headers";\nexport const b = a;\n', direction],
  ["src/operations/user/bad.ts", 'import { a } from "#router/registry.ts";\nexport const b = a;\n', direction],
  ["src/router/bad.ts", 'import { a } from "#app/layout.tsx";\nexport const b = a;\n', direction],
  ["src/tasks/bad.ts", 'import { a } from "#app/layout.tsx";\nexport const b = a;\n', direction],
  ["src/server/bad.ts", 'import { a } from "#tasks/registry.ts";\nexport const b = a;\n', direction],
  ["src/ui/bad.ts", 'import { a } from "#server/errors.ts";\nexport const b = a;\n', direction],
  ["src/ui/bad.ts", 'import { a } from "#domain/roles.ts";\nexport const b = a;\n', direction],
  ["src/app/bad.ts", 'import { a } from "#server/db.ts";\nexport const b = a;\n', direction],
  ["src/app/bad.ts", 'import { a } from "#generated/prisma/client.ts";\nexport const b = a;\n', direction],
  ["src/server/bad.ts", "export const b = process.env.SECRET;\n", "noProcessEnv"],
  ["src/server/bad.ts", "export default 1;\n", "noDefaultExport"],
  ["src/server/bad.ts", 'export * from "./errors.ts";\n', "noBarrelFile"],
  ["src/server/badName.ts", "export const b = 1;\n", "useFilenamingConvention"],
  ["src/server/bad.ts", "export const b = [1][0]!;\n", "noNonNullAssertion"],
  ["src/server/bad.ts", `${"export {};\n".repeat(260)}`, "noExcessiveLinesPerFile"],
];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "countersign-lint-"));
  const configuration = JSON.parse(readFileSync("biome.json", "utf8"));
  writeFileSync(join(folder, "biome.json"), JSON.stringify({ ...configuration, vcs: { enabled: false } }));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("the linter refuses", () => {
  test.each(bad)("%s: %s", (path, source, rule) => {
    expect(lint(path, source)).toContain(rule);
  });
});

test("and lets good code pass", () => {
  const good = 'import { AppError } from "#server/errors.ts";\n\nexport const error = new AppError("FORBIDDEN");\n';
  expect(lint("src/operations/user/good.ts", good)).toContain("Checked 1 file");
});

test("the interface takes only types from the routers", () => {
  const values = globSync("src/ui/**/*.{ts,tsx}").filter((file) => /^import (?!type)[^;]*from "#router/m.test(readFileSync(file, "utf8")));
  expect(values).toEqual([]);
});

test("only one folder of the application talks to Stripe", () => {
  const others = globSync("src/**/*.{ts,tsx}").filter(
    (file) => !file.startsWith("src/server/stripe/") && !/\.test\.ts$|^src\/testing\//.test(file),
  );
  expect(others.filter((file) => /from "stripe"/.test(readFileSync(file, "utf8")))).toEqual([]);
});

function lint(path: string, source: string): string {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, source);
  const { stdout, stderr } = spawnSync(resolve("node_modules/.bin/biome"), ["lint", path], { cwd: folder, encoding: "utf8" });
  return `${stdout}${stderr}`;
}

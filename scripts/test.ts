import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import "../dev/forget-route-types.ts";
import { ensureBrowser } from "./ensure-browser.ts";

type Counts = { passed: number; failed: number; skipped: number };
type Step = { name: string; parameters: string[]; count: (succeeded: boolean) => Counts };

const node = (script: string, ...parameters: string[]) => [script, ...parameters];
const results = { unit: "test-results/unit.json", e2e: "test-results/e2e.json" };

/** What continuous integration runs, and nothing else: types, lint, unit and integration tests, end-to-end tests. */
const steps: Step[] = [
  { name: "Types", parameters: node("node_modules/typescript/bin/tsc", "--noEmit"), count: asOne },
  { name: "Lint", parameters: node("node_modules/@biomejs/biome/bin/biome", "check", "."), count: asOne },
  {
    name: "Unit and integration tests",
    parameters: node("node_modules/vitest/vitest.mjs", "run", "--reporter=default", "--reporter=json", `--outputFile=${results.unit}`),
    count: countUnit,
  },
  { name: "End-to-end tests", parameters: node("--conditions=react-server", "e2e/run.ts"), count: countE2e },
];

const total: Counts = { passed: 0, failed: 0, skipped: 0 };
rmSync("test-results", { recursive: true, force: true });
mkdirSync("test-results");
ensureBrowser();
for (const { name, parameters, count } of steps) {
  const start = Date.now();
  console.log(`\n── ${name} ──`);
  const { status } = spawnSync(process.execPath, parameters, { stdio: ["ignore", "inherit", "inherit"] });
  const { passed, failed, skipped } = count(status === 0);
  // A step that ended badly without naming a test still failed.
  total.failed += status !== 0 && failed === 0 ? 1 : failed;
  total.passed += passed;
  total.skipped += skipped;
  console.log(`${name}: ${status === 0 ? "passed" : "FAILED"} in ${Math.round((Date.now() - start) / 1000)} s`);
}
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0);

function asOne(succeeded: boolean): Counts {
  return { passed: succeeded ? 1 : 0, failed: succeeded ? 0 : 1, skipped: 0 };
}

function countUnit(): Counts {
  const { numPassedTests = 0, numFailedTests = 0, numPendingTests = 0 } = readResults(results.unit);
  return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests };
}

function countE2e(): Counts {
  const { expected = 0, unexpected = 0, flaky = 0, skipped = 0 } = readResults(results.e2e).stats ?? {};
  return { passed: expected, failed: unexpected + flaky, skipped };
}

// biome-ignore lint/suspicious/noExplicitAny: the runners' own report formats
function readResults(file: string): any {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
}

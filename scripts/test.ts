import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { relative } from "node:path";
import "../dev/forget-route-types.ts";
import { ensureBrowser } from "./ensure-browser.ts";

type Counts = { passed: number; failed: number; skipped: number; names?: string[] };
type UnitFile = {
  name: string;
  status: string;
  message?: string;
  assertionResults: { status: string; fullName: string; failureMessages: string[] }[];
};
type Spec = { file: string; line: number; title: string; tests: { projectName: string; status: string }[] };
type Suite = { specs?: Spec[]; suites?: Suite[] };
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

const total = { passed: 0, failed: 0, skipped: 0 };
const failures: string[] = [];
rmSync("test-results", { recursive: true, force: true });
mkdirSync("test-results");
ensureBrowser();
for (const { name, parameters, count } of steps) {
  const start = Date.now();
  console.log(`\n── ${name} ──`);
  const { status } = spawnSync(process.execPath, parameters, { stdio: ["ignore", "inherit", "inherit"] });
  const { passed, failed, skipped, names = [] } = count(status === 0);
  // A step that ended badly without naming a test still failed.
  total.failed += status !== 0 && failed === 0 ? 1 : failed;
  total.passed += passed;
  total.skipped += skipped;
  failures.push(...(status !== 0 && names.length === 0 ? [name] : names));
  console.log(`${name}: ${status === 0 ? "passed" : "FAILED"} in ${Math.round((Date.now() - start) / 1000)} s`);
}
if (failures.length > 0) console.log(`\nFailed:\n${failures.map((failure) => `- ${failure}`).join("\n")}`);
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0);

function asOne(succeeded: boolean): Counts {
  return { passed: succeeded ? 1 : 0, failed: succeeded ? 0 : 1, skipped: 0 };
}

/** Counts each file that could not even be loaded as one failure: its tests are in no count. */
function countUnit(): Counts {
  const { numPassedTests = 0, numPendingTests = 0, testResults = [] } = readResults(results.unit);
  const names = testResults.flatMap((file: UnitFile) => {
    const place = relative(".", file.name);
    const failed = file.assertionResults.filter(({ status }) => status === "failed");
    if (failed.length === 0 && file.status === "failed") return [`${place}: ${firstLine(file.message)}`];
    return failed.map(({ fullName, failureMessages }) => `${place} › ${fullName}: ${firstLine(failureMessages[0])}`);
  });
  return { passed: numPassedTests, failed: names.length, skipped: numPendingTests, names };
}

function countE2e(): Counts {
  const { stats, suites = [] } = readResults(results.e2e);
  const { expected = 0, unexpected = 0, flaky = 0, skipped = 0 } = stats ?? {};
  return { passed: expected, failed: unexpected + flaky, skipped, names: suites.flatMap(failedSpecs) };
}

function failedSpecs({ specs = [], suites = [] }: Suite): string[] {
  const failed = specs.flatMap(({ file, line, title, tests }) =>
    tests
      .filter(({ status }) => status === "unexpected" || status === "flaky")
      .map(({ projectName, status }) => `e2e/${file}:${line} › ${title} (${projectName}${status === "flaky" ? ", flaky" : ""})`),
  );
  return [...failed, ...suites.flatMap(failedSpecs)];
}

function firstLine(message = "no message"): string {
  return message.split("\n", 1)[0] ?? "";
}

// biome-ignore lint/suspicious/noExplicitAny: the runners' own report formats
function readResults(file: string): any {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
}

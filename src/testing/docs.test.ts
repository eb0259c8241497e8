import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Actor } from "#server/actor.ts";
import type { hashPreview } from "#server/audit/changes.ts";
import { errorCodes } from "#server/errors.ts";
import { demoStaff } from "../../dev/demo-staff.ts";
import { demoPassword, demoSignIns } from "../../prisma/world.ts";

const read = (path: string) => readFileSync(path, "utf8");
const documents = ["README.md", ...globSync("docs/**/*.md")].sort();
const readme = read("README.md");
const environmentExample = read(".env.example");
/** What is read and yet is nobody's to configure, and why. */
const noConfiguration = {
  PATH: "the system's",
  HOME: "the system's",
  CI: "set by whatever runs continuous integration",
  NODE_ENV: "set by the commands",
  NEXT_RUNTIME: "set by Next",
  VITEST_POOL_ID: "set by Vitest",
  E2E_OWNER_URL: "handed to the browser tests by e2e/run.ts",
  E2E_MAILBOX_URL: "handed to the browser tests by e2e/run.ts",
  E2E_DEVELOPMENT_URL: "handed to the browser tests by e2e/run.ts",
  AUTH_URL: "set by src/env.ts, for next-auth",
  LINES: "in a program that dev/workers.test.ts writes",
  SECRET: "in a snippet that src/testing/lint-rules.test.ts refuses",
};
const exampleVariables = findAll(environmentExample, /^# ?([A-Z][A-Z0-9_]+)=/gm);

describe.each(documents)("%s", (document) => {
  const content = read(document);
  const spans = findAll(content.replace(/^```[\s\S]*?^```/gm, ""), /`([^`\n]+)`/g);

  test("names npm commands that exist", () => {
    const { scripts } = JSON.parse(read("package.json"));
    const named = findAll(content, /(?:`|^)npm (?:run )?([a-z][\w:]*)/gm).filter((name) => name !== "ci");
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });

  test("names files and folders that exist", () => {
    const paths = spans.filter((span) => /^(src|docs|dev|prisma|e2e|bench|scripts)\/[^<>*…]*$|^[\w.-]+\.(ts|json|md)$/.test(span));
    expect(paths.filter((path) => !existsSync(path))).toEqual([]);
  });

  test("links to files that exist", () => {
    const links = findAll(content, /(?<!!)\[[^\]]+\]\((?!https?:)([^)#]+)\)/g);
    expect(links.filter((link) => !existsSync(join(dirname(document), link)))).toEqual([]);
  });

  test("names error codes and variables that exist", () => {
    const words = spans.filter((span) => /^[A-Z]+(_[A-Z]+)+$/.test(span));
    const known = [...Object.keys(errorCodes), ...exampleVariables, "NODE_ENV"];
    expect(words.filter((word) => !known.includes(word))).toEqual([]);
  });
});

test("the playbook for operations shows code as it is", () => {
  const sources = globSync("src/{operations,testing}/**/*.ts").map(read);
  const shown = findAll(read("docs/add-an-operation.md"), /^```ts\n([\s\S]*?)^```/gm);
  expect(shown.length).toBeGreaterThan(2);
  expect(shown.filter((code) => !sources.some((source) => source.includes(code.trim())))).toEqual([]);
});

describe("what is said in several places is said of all", () => {
  test("each kind of actor", () => {
    const words = {
      staff: "a staff member",
      user: "a user",
      service: "a customer's program with an API key",
      visitor: "a visitor",
      system: "the system",
    } satisfies Record<Actor["type"], string>;
    const [sentence = ""] = findAll(inOneLine("docs/architecture.md"), /A request's context has the (\*actor\* \([^)]*\))/g);
    expect(Object.values(words).filter((word) => !sentence.includes(word))).toEqual([]);
  });

  test.each(["docs/architecture.md", "docs/decisions/003-preview-by-real-execution.md", "docs/decisions/033-a-second-person.md"])(
    "each part of a proposal's hash: %s",
    (document) => {
      const words = {
        operation: "operation",
        target: "as loaded",
        input: "input",
        reason: "reason",
        ticket: "ticket",
        changes: /changed rows|row changes/,
        effects: "effects",
      } satisfies Record<keyof Parameters<typeof hashPreview>[0], string | RegExp>;
      const [sentence = ""] = findAll(inOneLine(document), /((?:hash covers|to the hash\*\*)[^.]*)\./g);
      for (const word of Object.values(words)) expect(sentence).toMatch(word);
    },
  );

  test.each(["docs/architecture.md", "docs/decisions/008-not-found-is-a-denial.md"])("each code that is a denial: %s", (document) => {
    const [listed = ""] = findAll(read("src/server/record-refusal.ts"), /^const denials = new Set\(\[(.*)\]\)/gm);
    const denials = findAll(listed, /"(\w+)"/g);
    expect(denials).toContain("FORBIDDEN");
    const [passage = ""] = findAll(inOneLine(document), /(?:\| A refusal: ([^|]*);|An operation that answers .*?(?=## ))/g, 0);
    expect(denials.filter((code) => !passage.includes(`\`${code}\``))).toEqual([]);
  });
});

describe("the people of the README are those of the demo", () => {
  const rows = findAll(readme, /^\| (.+) \|$/gm).map((row) => row.split(" | "));

  test("staff, with their jobs", () => {
    const start = rows.findIndex(([first]) => first === "Person");
    const named = rows.slice(start + 2, start + 2 + demoStaff.length).map(([name, job]) => [name, job]);
    expect(named).toEqual(demoStaff.map(({ name, job }) => [name, job]));
  });

  test("customers, with their roles, organizations and password", () => {
    const named = new Map(rows.filter(([first]) => first?.includes("@")).map(([email, ...rest]) => [email, rest]));
    expect([...named.keys()].sort()).toEqual(demoSignIns.map(({ email }) => email).sort());
    for (const { email, role, organization, lockedOut } of demoSignIns) {
      expect(named.get(email)?.[0]).toBe(lockedOut ? `${role}, locked out` : role);
      expect(named.get(email)?.[1]).toContain(organization);
    }
    expect(readme).toContain(`\`${demoPassword}\``);
  });
});

describe("the configuration", () => {
  const readers = globSync("{src,dev,e2e,bench,prisma,scripts}/**/*.{ts,tsx,mjs}").concat(globSync("*.config.ts"));
  const sources = readers.filter((file) => !file.startsWith("src/generated/")).map((file) => ({ file, variables: findReads(read(file)) }));

  test("that anything reads is in .env.example, and what is there is read", () => {
    const unexplained = sources.flatMap(({ file, variables }) =>
      variables.filter((name) => ![...exampleVariables, ...Object.keys(noConfiguration)].includes(name)).map((name) => `${file}: ${name}`),
    );
    expect(unexplained).toEqual([]);
    const known = new Set(sources.flatMap(({ variables }) => variables));
    expect([...exampleVariables, ...Object.keys(noConfiguration)].filter((name) => !known.has(name))).toEqual([]);
  });

  test("in .env.example is explained there, and in docs/deploy.md but for what only tests read", () => {
    const deploy = read("docs/deploy.md");
    const isExplanation = (line: string) => /^# /.test(line) && !/^# ?[A-Z][A-Z0-9_]+=/.test(line);
    const paragraphs = environmentExample.split(/\n\n+/).filter((paragraph) => /^# ?[A-Z][A-Z0-9_]+=/m.test(paragraph));
    expect(paragraphs.filter((paragraph) => !paragraph.split("\n").some(isExplanation))).toEqual([]);
    const beforeTests = environmentExample.slice(0, environmentExample.indexOf("# --- Tests"));
    const variables = exampleVariables.filter((variable) => beforeTests.includes(`${variable}=`));
    expect(variables).toContain("STRIPE_PORT");
    expect(variables.filter((variable) => !deploy.includes(`\`${variable}\``))).toEqual([]);
  });
});

test("the decisions are numbered without a gap, and each says its number in its title", () => {
  const files = globSync("docs/decisions/*.md").sort();
  expect(files.length).toBeGreaterThan(1);
  for (const [index, file] of files.entries()) {
    const number = String(index).padStart(3, "0");
    expect(file).toContain(`/${number}-`);
    expect(read(file)).toMatch(new RegExp(`^# ${number}: `));
  }
});

/** By name, out of the process's environment or one that was passed on; by the schema; and by a name that a helper is given. */
function findReads(source: string): string[] {
  const destructured = findAll(source, /\{([^{}]*)\} = (?:process\.env|environment)\b/g).flatMap((names) =>
    findAll(names, /\b([A-Z][A-Z0-9_]+)\b/g),
  );
  const direct = findAll(source, /\b(?:process\.env|environment)(?:\.|\[")([A-Z][A-Z0-9_]+)\b(?! (?:\?\?)?= )/g);
  const bySchema = findAll(source, /^ {2}([A-Z][A-Z0-9_]+): (?:z\.|logLevels)/gm);
  const asArgument = findAll(source, /\((?:environment|process\.env), (\[?"[A-Z][^)]*)\)/g).flatMap((names) =>
    findAll(names, /"([A-Z][A-Z0-9_]+)"/g),
  );
  return [...new Set([...direct, ...destructured, ...bySchema, ...asArgument])];
}

function inOneLine(document: string): string {
  return read(document).replace(/\s+/g, " ");
}

function findAll(content: string, pattern: RegExp, group = 1): string[] {
  return [...content.matchAll(pattern)].map((match) => match[group] ?? "");
}

// Runs before every other script, on whatever Node is on the machine (18 or newer), so it stays plain
// JavaScript without dependencies. Everything after it runs on the Node 24 that it installs.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const programs = join(root, "node_modules", ".bin");
const node = join(programs, process.platform === "win32" ? "node.cmd" : "node");
const schema = join(root, "prisma", "schema.prisma");
const declarations = join(root, "prisma", "declarations.ts");
const generated = join(root, "src", "generated", "prisma");
const schemaStamp = join(generated, "schema.sha256");

// The engine is never needed (the WebAssembly one is used) and its download would fail without internet.
const environment = { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: "1" };

if (!isInstalled()) install();
if (!isGenerated()) generate();

function isInstalled() {
  const wanted = readPackages(join(root, "package-lock.json"));
  const present = readPackages(join(root, "node_modules", ".package-lock.json"));
  if (!wanted || !present || !existsSync(node)) return false;
  return Object.entries(wanted).every(
    ([path, entry]) =>
      path === "" ||
      (present[path] ? present[path].integrity === entry.integrity && present[path].version === entry.version : entry.optional === true),
  );
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8")).packages;
  } catch {
    return undefined;
  }
}

function install() {
  console.log("Installing the packages of package-lock.json (npm ci) …");
  const [command, ...leading] = npmCommand();
  run(
    command,
    [...leading, "ci", "--include=dev", "--no-audit", "--no-fund"],
    "npm ci failed: its message is above; the packages come from the registry that npm is configured for, so check the network and run the command again.",
  );
  if (!existsSync(node))
    fail(
      "npm ci did not install Node 24, because npm skipped the install scripts: allow the packages under allowScripts in package.json, without --ignore-scripts.",
    );
}

function npmCommand() {
  const { npm_execpath: cli, npm_node_execpath: runtime } = process.env;
  if (cli && basename(cli).startsWith("npm")) return [runtime ?? process.execPath, cli];
  return [process.platform === "win32" ? "npm.cmd" : "npm"];
}

function isGenerated() {
  if (!existsSync(schema)) return true;
  return existsSync(schemaStamp) && readFileSync(schemaStamp, "utf8") === schemaHash();
}

function schemaHash() {
  const prismaVersion = readPackages(join(root, "package-lock.json"))["node_modules/prisma"].version;
  const hash = createHash("sha256").update(prismaVersion);
  for (const file of [schema, declarations]) if (existsSync(file)) hash.update(readFileSync(file));
  return hash.digest("hex");
}

function generate() {
  console.log("Generating the Prisma client …");
  const hash = schemaHash();
  run(
    node,
    [join(root, "node_modules", "prisma", "build", "index.js"), "generate", "--no-hints"],
    "prisma generate failed: its message is above; correct prisma/schema.prisma and run the command again.",
    { PATH: `${programs}${delimiter}${process.env.PATH}` },
  );
  mkdirSync(generated, { recursive: true });
  writeFileSync(schemaStamp, hash);
}

function run(command, parameters, failure, extra = {}) {
  const { status, error } = spawnSync(command, parameters, {
    cwd: root,
    env: { ...environment, ...extra },
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (error || status !== 0) fail(failure);
}

function fail(message) {
  console.error(message);
  process.exit(1);
}

import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withThrowawayDatabase } from "../dev/throwaway-database.ts";
import { migrate } from "./migrate.ts";
import { migrationsFolder, readMigrations } from "./migration-files.ts";
import { noFilters, openSchemaEngine, schemaPath } from "./schema-engine.ts";

// The schema that the migrations lead to. Comparing with it, not with a database, leaves hand-written SQL
// (triggers, partitions, grants) out of the comparison.
const snapshot = join(migrationsFolder, "schema.prisma");
const usage = "Say what the migration does: npm run db:migration -- add-monitor-notes (or --check to only compare).";

try {
  const [argument] = process.argv.slice(2);
  if (argument === "--check") await check();
  else if (argument && /^[a-z0-9][a-z0-9_-]*$/i.test(argument)) await write(argument.replaceAll("-", "_").toLowerCase());
  else throw new Error(usage);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function check() {
  const script = await withThrowawayDatabase(({ ownerUrl }) => compare(ownerUrl));
  if (script) throw new Error(`prisma/schema.prisma has changes without a migration: npm run db:migration -- name.\n\n${script}`);
  console.log("The migrations lead to prisma/schema.prisma.");
}

async function write(name: string) {
  await withThrowawayDatabase(async ({ ownerUrl }) => {
    const script = await compare(ownerUrl);
    if (!script) console.log("prisma/schema.prisma has no changes; the migration is empty, for SQL of your own.");
    const folder = join(migrationsFolder, `${timestamp()}_${name}`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "migration.sql"), script);
    writeFileSync(snapshot, readFileSync(schemaPath));
    console.log(`Wrote ${folder}/migration.sql: read it, and add what Prisma cannot express (triggers, grants, checks).`);
    await migrate(ownerUrl);
    console.log("All migrations apply to an empty database.");
  });
}

async function compare(databaseUrl: string) {
  const before = readSnapshot();
  const engine = await openSchemaEngine(databaseUrl);
  const { stdout } = await engine.diff({
    from: before === undefined ? { tag: "empty" } : { tag: "schemaDatamodel", files: [{ path: schemaPath, content: before }] },
    to: { tag: "schemaDatamodel", files: [{ path: schemaPath, content: readFileSync(schemaPath, "utf8") }] },
    script: true,
    exitCode: null,
    filters: noFilters,
  });
  const script = stdout ?? "";
  return script.includes("This is an empty migration") ? "" : script;
}

function readSnapshot() {
  if (existsSync(snapshot)) return readFileSync(snapshot, "utf8");
  if (readMigrations().length === 0) return undefined;
  return execFileSync("git", ["show", `HEAD:${schemaPath}`], { encoding: "utf8" });
}

function timestamp() {
  return new Date().toISOString().replace(/\D/g, "").slice(0, 14);
}

import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export const migrationsFolder = "prisma/migrations";

export type MigrationFile = { name: string; script: string; checksum: string };

export function readMigrations(): MigrationFile[] {
  if (!existsSync(migrationsFolder)) return [];
  return readdirSync(migrationsFolder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map(readMigration);
}

function readMigration(name: string): MigrationFile {
  const script = readFileSync(join(migrationsFolder, name, "migration.sql"), "utf8");
  return { name, script, checksum: createHash("sha256").update(script).digest("hex") };
}

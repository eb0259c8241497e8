import { MigrationError, migrate } from "./migrate.ts";

try {
  process.loadEnvFile();
} catch {
  // Without a .env file the environment alone counts.
}

const ownerUrl = process.argv[2] ?? process.env.DATABASE_OWNER_URL;
if (!ownerUrl) fail("Say which database to migrate: set DATABASE_OWNER_URL, or npm run db:migrate -- <URL of the role countersign_owner>.");

try {
  const { applied, unknown } = await migrate(ownerUrl);
  console.log(applied.length === 0 ? "The database is up to date." : `Applied ${applied.join(", ")}.`);
  if (unknown.length > 0) console.warn(`The database has migrations that this version does not know: ${unknown.join(", ")}.`);
} catch (error) {
  fail(
    error instanceof MigrationError ? error.message : `The database cannot be migrated: ${error instanceof Error ? error.message : error}`,
  );
}

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}

import { provision } from "./provision.ts";
import { createPasswords } from "./secrets.ts";
import { loadEnvironmentFile } from "./settings.ts";

loadEnvironmentFile();
const [adminUrl, database = "countersign"] = process.argv.slice(2);
if (!adminUrl || !URL.canParse(adminUrl)) {
  console.error(
    "Say as whom to create the database: npm run db:provision -- postgresql://administrator:password@host:5432/postgres [database name].",
  );
  process.exit(1);
}

const {
  COUNTERSIGN_OWNER_PASSWORD: owner,
  COUNTERSIGN_APP_PASSWORD: app,
  COUNTERSIGN_READER_PASSWORD: reader,
  COUNTERSIGN_SEALER_PASSWORD: sealer,
} = process.env;
const made = createPasswords();
const passwords = { owner: owner || made.owner, app: app || made.app, reader: reader || made.reader, sealer: sealer || made.sealer };

try {
  const { ownerUrl, appUrl, readerUrl, sealerUrl } = await provision({ adminUrl, database, passwords });
  console.log(`# Roles and database ${database} are ready. For .env:
DATABASE_URL=${appUrl}
DATABASE_READER_URL=${readerUrl}
# Only to migrate; keep it away from the application.
DATABASE_OWNER_URL=${ownerUrl}
# Only for sealing the audit record:
# ${sealerUrl}`);
} catch (error) {
  console.error(`The database could not be provisioned: ${error instanceof Error ? error.message : error}.`);
  process.exitCode = 1;
}

import { type Passwords, provision } from "./provision.ts";
import { loadEnvironmentFile } from "./settings.ts";

loadEnvironmentFile();
const [adminUrl, database = "countersign"] = process.argv.slice(2);
if (!adminUrl || !URL.canParse(adminUrl)) {
  console.error(
    "Say as whom to create the database: npm run db:provision -- postgresql://administrator:password@host:5432/postgres [database name].",
  );
  process.exit(1);
}

const passwords = definedOnly({
  owner: process.env.COUNTERSIGN_OWNER_PASSWORD,
  app: process.env.COUNTERSIGN_APP_PASSWORD,
  reader: process.env.COUNTERSIGN_READER_PASSWORD,
  sealer: process.env.COUNTERSIGN_SEALER_PASSWORD,
});

try {
  const { ownerUrl, appUrl, readerUrl, sealerUrl } = await provision({ adminUrl, database, passwords });
  console.log(`# Roles and database ${database} are ready. Roles that existed keep their passwords, which you add. For .env:
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

function definedOnly(passwords: { [Role in keyof Passwords]: string | undefined }): Partial<Passwords> {
  return Object.fromEntries(Object.entries(passwords).filter(([, password]) => password));
}

import pg from "pg";
import { type DatabaseUrls, provision } from "../../dev/provision.ts";
import { migrate } from "../../prisma/migrate.ts";

const template = "test_template";

/** A migrated database that is only there to be copied, and its roles. */
export async function makeTemplate(adminUrl: string): Promise<DatabaseUrls> {
  const urls = await provision({ adminUrl, database: template });
  await migrate(urls.ownerUrl);
  return urls;
}

/** A fresh copy of it under this name, in place of what was there. */
export async function copyTemplate({
  adminUrl,
  urls,
  name,
}: {
  adminUrl: string;
  urls: DatabaseUrls;
  name: string;
}): Promise<DatabaseUrls> {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await admin.query(`CREATE DATABASE ${name} TEMPLATE ${template} OWNER countersign_owner STRATEGY FILE_COPY`);
  } finally {
    await admin.end();
  }
  // The rights on a database are not copied with it.
  await provision({ adminUrl, database: name });
  const copied = Object.entries(urls).map(([role, url]) => [role, url.replace(`/${template}`, `/${name}`)]);
  return Object.fromEntries(copied) as DatabaseUrls;
}

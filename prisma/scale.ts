import { Client } from "pg";
import { checkDatabase } from "./scale/check-database.ts";
import { fill } from "./scale/fill.ts";
import { parseOptions } from "./scale/options.ts";
import { Refusal } from "./scale/refusal.ts";

try {
  process.loadEnvFile();
} catch {
  // Without a .env file the environment alone counts.
}

try {
  const options = parseOptions(process.argv.slice(2));
  const connectionString = process.env.DATABASE_OWNER_URL;
  if (!connectionString) throw new Refusal("Say which database to fill: set DATABASE_OWNER_URL to its URL for the role countersign_owner.");
  const client = new Client({ connectionString, application_name: "countersign-scale" });
  await client.connect().catch((error: Error) => {
    throw new Refusal(`The database cannot be reached: ${error.message}`);
  });
  try {
    await checkDatabase(client);
    await fill(client, options);
  } finally {
    await client.end();
  }
} catch (error) {
  console.error(error instanceof Refusal ? error.message : error);
  process.exitCode = 1;
}

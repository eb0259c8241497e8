import { existsSync, readdirSync, rmdirSync, rmSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { claimDataDirectory } from "./data-directory.ts";
import { stopLeftoverPostgres } from "./postgres-leftover.ts";
import { loadEnvironmentFile, readSettings } from "./settings.ts";
import { describeFailure } from "./start-error.ts";

// Named one by one: COUNTERSIGN_DATA_DIR may be a directory that holds other things too.
const contents = ["postgres", "postgres.unfinished", "postgres.log", "secrets.json", "identity-provider.json", "mail", "stripe"];

try {
  loadEnvironmentFile();
  await reset();
} catch (error) {
  console.error(describeFailure(error));
  process.exitCode = 1;
}

async function reset() {
  const { dataDir, appUrl } = readSettings(process.env);
  const name = relative(process.cwd(), dataDir) || dataDir;
  if (!existsSync(dataDir)) return console.log(`Nothing to clear: ${name} does not exist.`);
  const { release } = await claimDataDirectory(dataDir, appUrl);
  try {
    await stopLeftoverPostgres(resolve(dataDir, "postgres"));
    const found = contents.filter((entry) => existsSync(join(dataDir, entry)));
    for (const entry of found) rmSync(join(dataDir, entry), { recursive: true });
    console.log(
      found.length > 0 ? `Cleared ${name}: ${found.join(", ")}. The next npm start makes everything anew.` : `Nothing to clear in ${name}.`,
    );
    if (process.env.DATABASE_URL) console.log("The database of DATABASE_URL is as it was.");
  } finally {
    release();
    if (readdirSync(dataDir).length === 0) rmdirSync(dataDir);
  }
}

import { loadEnvironmentFile } from "./settings.ts";

loadEnvironmentFile();
// An empty line in .env counts as not set, and no worker needs the owner of the tables.
for (const [name, value] of Object.entries(process.env)) if (value === "") delete process.env[name];
delete process.env.DATABASE_OWNER_URL;

if (process.env.DATABASE_URL) {
  await import("../src/worker.ts");
} else {
  console.error(
    "A worker alone needs a configured database: set DATABASE_URL (see .env.example). For the embedded one npm start runs workers.",
  );
  process.exitCode = 1;
}

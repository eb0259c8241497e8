import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findFreePort } from "./ports.ts";
import { startPostgres } from "./postgres.ts";
import { type DatabaseUrls, provision } from "./provision.ts";
import { createSecret } from "./secrets.ts";
import { watchOver } from "./watch-over.ts";

/** Runs work with a fresh, empty, provisioned database that is gone afterwards. */
export async function withThrowawayDatabase<Result>(work: (urls: DatabaseUrls) => Promise<Result>) {
  const dataDir = mkdtempSync(join(tmpdir(), "countersign-"));
  watchOver({ folder: dataDir });
  try {
    const postgres = await startPostgres({ dataDir, port: await findFreePort(), password: createSecret(), socket: true });
    try {
      return await work(await provision({ adminUrl: postgres.adminUrl, database: "countersign" }));
    } finally {
      await postgres.stop();
    }
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

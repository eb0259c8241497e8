import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { findFreePort } from "../../dev/ports.ts";
import { startPostgres } from "../../dev/postgres.ts";
import type { DatabaseUrls } from "../../dev/provision.ts";
import { watchOver } from "../../dev/watch-over.ts";
import { makeTemplate } from "./template-database.ts";

declare module "vitest" {
  interface ProvidedContext {
    adminUrl: string;
    templateUrls: DatabaseUrls;
  }
}

/** One real PostgreSQL for the whole run, in a folder of its own; each file of tests has a database of its own in it. */
export default async function setup(project: TestProject) {
  const dataDir = mkdtempSync(join(tmpdir(), "countersign-test-"));
  watchOver({ folder: dataDir });
  const postgres = await startPostgres({ dataDir, port: await findFreePort(), password: randomBytes(16).toString("hex"), throwaway: true });
  project.provide("adminUrl", postgres.adminUrl);
  project.provide("templateUrls", await makeTemplate(postgres.adminUrl));
  return async () => {
    await postgres.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
}

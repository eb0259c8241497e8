import { createHash } from "node:crypto";
import { accessSync, constants, existsSync, globSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { startChild } from "./child.ts";
import { diskIsFull, isDiskFull, noPermission, StartError } from "./start-error.ts";
import type { Surroundings } from "./up.ts";

const stamp = "countersign-build";
const sources = ["package-lock.json", "prisma/schema.prisma", "next.config.ts", "tsconfig.json", "src/**/*", "public/**/*"];

/** Builds the application unless the last build was made from exactly these sources. */
export async function ensureBuild({ settings, environment, cleanup, dataDirectory }: Surroundings) {
  const current = hashSources();
  if (isBuilt(settings.distDir, current)) return;
  requireWritable(settings.distDir);
  console.log("Building the application …");
  const parameters = ["node_modules/next/dist/bin/next", "build"];
  const child = startChild({ parameters, environment: { ...environment, NODE_ENV: "production" }, cleanup, dataDirectory });
  const code = await child.exited;
  if (isDiskFull(child.errors())) throw diskIsFull(settings.distDir, "NEXT_DIST_DIR");
  if (code !== 0) throw new StartError("The application does not build: the reason is above.");
  writeFileSync(join(settings.distDir, stamp), current);
}

/** Whether the build there was made from the sources as they are now. */
export function isBuilt(distDir: string, current = hashSources()) {
  const file = join(distDir, stamp);
  return existsSync(file) && existsSync(join(distDir, "BUILD_ID")) && readFileSync(file, "utf8") === current;
}

function requireWritable(distDir: string) {
  try {
    accessSync(existsSync(distDir) ? distDir : ".", constants.W_OK);
  } catch {
    throw noPermission(resolve(distDir), "NEXT_DIST_DIR");
  }
}

function hashSources() {
  const hash = createHash("sha256").update(process.version);
  const files = globSync(sources).filter((path) => statSync(path).isFile());
  for (const file of files.sort()) hash.update(`\0${file}\0`).update(readFileSync(file));
  return hash.digest("hex");
}

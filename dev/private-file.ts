import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { StartError } from "./start-error.ts";

/** Reads a JSON file that only its owner may read, or makes it; a crash never leaves half of one. */
export function readOrCreate<Content extends object>(file: string, create: () => Content): Content {
  const stored = read<Content>(file);
  const content = { ...create(), ...stored };
  if (stored && Object.keys(content).every((key) => key in stored)) return content;
  writePrivate(file, content);
  return content;
}

export function writePrivate(file: string, content: object) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.unfinished`, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.unfinished`, file);
}

function read<Content>(file: string): Partial<Content> | undefined {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new StartError(`${file} is damaged: restore it, or clear the data directory with npm run reset.`);
  }
}

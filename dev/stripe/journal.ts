import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { StartError } from "../start-error.ts";

/**
 * A file to which one line is added for each change, so that a line is there as a whole or not at all. What is damaged at
 * its end was never answered to anybody; damage before that is told.
 */
export function openJournal<Entry>(file: string | null) {
  return {
    read: (): Entry[] => (file && existsSync(file) ? parse<Entry>(file) : []),
    /** All that counts, in place of the lines so far. */
    compact(entries: Entry[]) {
      if (!file) return;
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
      writeFileSync(`${file}.unfinished`, entries.map(toLine).join(""), { mode: 0o600 });
      renameSync(`${file}.unfinished`, file);
    },
    add(entry: Entry) {
      if (file) appendFileSync(file, toLine(entry));
    },
  };
}

function parse<Entry>(file: string): Entry[] {
  const lines = readFileSync(file, "utf8").split("\n");
  // After the last line break is what a process that died had not finished.
  lines.pop();
  return lines.map((line, index) => {
    try {
      return JSON.parse(line) as Entry;
    } catch {
      throw new StartError(`${file} is damaged in line ${index + 1}: remove it.`);
    }
  });
}

function toLine(entry: unknown): string {
  return `${JSON.stringify(entry)}\n`;
}

import { parseArgs } from "node:util";
import { Refusal } from "./refusal.ts";

export type BenchOptions = {
  database: string | undefined;
  reader: string | undefined;
  output: string | undefined;
  distDir: string;
  limits: Limits;
  clients: number[];
};
/** What ends a measurement, whichever comes first. */
export type Limits = { requests: number; seconds: number };

const usage = `npm run bench -- [options]
  --database <URL>   database to measure, as the role countersign_app; default: DATABASE_URL, or the one of npm start
  --reader <URL>     the same as the role countersign_reader; default: DATABASE_READER_URL
  --requests <n>     at most so many requests for each measurement (500)
  --seconds <n>      and at most so long (5)
  --clients <n,n>    how many ask at the same time (1,8)
  --dist-dir <path>  the build to start; default: NEXT_DIST_DIR or .next
  --output <file>    write the result as Markdown too`;

const options = {
  database: { type: "string" },
  reader: { type: "string" },
  output: { type: "string" },
  "dist-dir": { type: "string" },
  requests: { type: "string", default: "500" },
  seconds: { type: "string", default: "5" },
  clients: { type: "string", default: "1,8" },
} as const;

export function parseOptions(args: string[], environment: NodeJS.ProcessEnv): BenchOptions {
  const values = readArguments(args);
  const database = values.database ?? (environment.DATABASE_URL || undefined);
  const reader = values.reader ?? (environment.DATABASE_READER_URL || undefined);
  if (Boolean(database) !== Boolean(reader))
    throw new Refusal(`Give both --database and --reader: the application reads through a role of its own.\n${usage}`);
  return {
    database,
    reader,
    output: values.output,
    distDir: values["dist-dir"] ?? (environment.NEXT_DIST_DIR || ".next"),
    limits: { requests: readNumber("requests", values.requests, 100_000), seconds: readNumber("seconds", values.seconds, 600) },
    clients: values.clients.split(",").map((text) => readNumber("clients", text, 64)),
  };
}

function readArguments(args: string[]) {
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    throw new Refusal(`${error instanceof Error ? error.message : error}\n${usage}`);
  }
}

function readNumber(name: string, text: string, most: number): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 1 && number <= most) return number;
  throw new Refusal(`--${name} is "${text}": give whole numbers from 1 to ${most}.\n${usage}`);
}

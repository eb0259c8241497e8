import { parseArgs } from "node:util";
import { Refusal } from "./refusal.ts";

export type ScaleOptions = { organizations: number; users: number; events: number };

const defaults: ScaleOptions = { organizations: 100_000, users: 1_000_000, events: 5_000_000 };
const most = 100_000_000;
const usage = `npm run seed:scale -- [--organizations ${defaults.organizations}] [--users ${defaults.users}] [--events ${defaults.events}]`;

export function parseOptions(args: string[]): ScaleOptions {
  const values = readArguments(args);
  const options = {
    organizations: readCount("organizations", values.organizations, 1),
    users: readCount("users", values.users, 1),
    events: readCount("events", values.events, 0),
  };
  if (options.users < options.organizations) {
    throw new Refusal(
      `--users ${options.users} is less than --organizations ${options.organizations}, and each organization needs an owner.`,
    );
  }
  return options;
}

function readArguments(args: string[]) {
  try {
    return parseArgs({ args, options: { organizations: { type: "string" }, users: { type: "string" }, events: { type: "string" } } })
      .values;
  } catch (error) {
    throw new Refusal(`${error instanceof Error ? error.message : error}\n${usage}`);
  }
}

function readCount(name: keyof ScaleOptions, text: string | undefined, least: number): number {
  if (text === undefined) return defaults[name];
  const count = /^[\d_]+$/.test(text) ? Number(text.replaceAll("_", "")) : Number.NaN;
  if (Number.isInteger(count) && count >= least && count <= most) return count;
  throw new Refusal(`--${name} is "${text}": give a whole number from ${least} to ${most}.\n${usage}`);
}

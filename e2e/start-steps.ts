import { setTimeout as wait } from "node:timers/promises";
import type { APIRequestContext } from "@playwright/test";
import { type Command, type Environment, familyOf, leftOverAfter, runCommand } from "#testing/start-command.ts";
import { identify, isRunning, type ProcessIdentity } from "../dev/processes.ts";
import { demoPassword } from "../prisma/world.ts";
import { expect } from "./fixtures.ts";

export type Running = { command: Command; place: Environment; family: ProcessIdentity[]; seconds: number };

const started: ProcessIdentity[] = [];
const patience = 30_000;

export function npm(place: Environment, ...parameters: string[]): Command {
  return runCommand(["npm", ...parameters], place);
}

/** Until it says that it runs. */
export async function start(place: Environment): Promise<Running> {
  const begun = Date.now();
  const command = npm(place, "start");
  const leader = identify(command.pid);
  if (leader) started.push(leader);
  while (!command.printed().includes("Ctrl-C stops everything.")) {
    const ended = await Promise.race([command.ended, wait(50)]);
    if (ended) throw new Error(`It ended with ${ended.code}: ${ended.output}${ended.errors}`);
  }
  return { command, place, family: familyOf(command.pid), seconds: (Date.now() - begun) / 1_000 };
}

/** As a terminal does with Ctrl-C: to npm and to what it runs alike. */
export async function end({ command, place, family }: Running, signal: "SIGINT" | "SIGTERM"): Promise<void> {
  process.kill(-command.pid, signal);
  const ended = await Promise.race([command.ended, wait(patience, "still something of it runs")]);
  expect(await leftOverAfter(1_000, family, place.COUNTERSIGN_DATA_DIR ?? "")).toEqual([]);
  expect(ended).toMatchObject({ code: 0, errors: "" });
}

/** What a failed test left running: the leaders, with whom all else should end, and then whatever did not. */
export async function endAll({ COUNTERSIGN_DATA_DIR: dataDir = "" }: Environment): Promise<void> {
  for (const leader of started.splice(0)) if (isRunning(leader)) process.kill(-leader.pid, "SIGKILL");
  for (const left of await leftOverAfter(10_000, [], dataDir)) process.kill(Number.parseInt(left, 10), "SIGKILL");
}

/** Runs the command for an administrator; answers the lines for .env that it prints. */
export async function provision(place: Environment, administratorUrl: string): Promise<[variable: string, url: string][]> {
  const { code, output, errors } = await npm(place, "run", "--silent", "db:provision", "--", administratorUrl).ended;
  expect({ code, errors }).toEqual({ code: 0, errors: "" });
  return [...output.matchAll(/^(DATABASE_[A-Z_]*URL)=(.+)$/gm)].map(([, variable = "", url = ""]) => [variable, url]);
}

export async function signIn(visitor: APIRequestContext, email: string): Promise<void> {
  const answer = await visitor.post("/sign-in/submit", { form: { email, password: demoPassword } });
  expect(await answer.text()).toContain("Northwind Labs");
}

/** By the form of the product's page; answers where the organization's monitors are listed. */
export async function createMonitor(visitor: APIRequestContext, name: string): Promise<string> {
  const path = "/o/northwind-labs/monitors";
  const [, targetId = ""] = /name="targetId" value="([^"]+)"/.exec(await (await visitor.get(`${path}/new`)).text()) ?? [];
  const input = { "input.name": name, "input.schedule": "interval", "input.intervalMinutes": "60", "input.graceMinutes": "5" };
  await visitor.post("/operations/monitor.create", { form: { targetId, back: path, ...input } });
  expect(await (await visitor.get(path)).text()).toContain(name);
  return path;
}

export async function hasMail({ MAILBOX_PORT: port }: Environment, address: string): Promise<boolean> {
  const answer = await fetch(`http://localhost:${port}/messages.json?${new URLSearchParams({ to: address })}`);
  return (await answer.json()).length > 0;
}

import { setTimeout as sleep } from "node:timers/promises";
import type { DatabaseProxy } from "./database-proxy.ts";
import type { HttpClient } from "./http-client.ts";
import type { Scenario } from "./scenarios.ts";
import type { Statement } from "./wire.ts";

/** What each request sent to PostgreSQL, for some variations of a scenario; a problem is why it cannot be measured. */
export type Capture = { perRequest: Statement[][]; problem: string | null };

const variations = 20;
const transactionControl = /^\s*(begin|commit|rollback|savepoint|release|set |deallocate|discard)/i;

export async function capture(scenario: Scenario, client: HttpClient, proxy: DatabaseProxy): Promise<Capture> {
  for (let index = 0; index < 3; index += 1) {
    proxy.take();
    const { status } = await client.ask(scenario.asks(index));
    if (status !== 200) return { perRequest: [proxy.take()], problem: status === 404 ? "no such page" : `answers ${status}` };
  }
  const perRequest: Statement[][] = [];
  for (let index = 0; index < variations; index += 1) {
    await sleep(30);
    proxy.take();
    await client.ask(scenario.asks(index));
    await sleep(30);
    perRequest.push(proxy.take());
  }
  return { perRequest, problem: null };
}

/** Of the requests measured, how many statements the middle one sent, without and with BEGIN, COMMIT and their like. */
export function countStatements({ perRequest }: Capture): { queries: number; statements: number } {
  const counts = (keep: (statement: Statement) => boolean) => median(perRequest.map((statements) => statements.filter(keep).length));
  return { queries: counts(isQuery), statements: counts(() => true) };
}

export function isQuery({ sql }: Statement): boolean {
  return !transactionControl.test(sql);
}

function median(numbers: number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}

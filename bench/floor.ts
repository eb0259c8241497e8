import { Client } from "pg";
import type { Capture } from "./capture.ts";
import { type Measurement, measure } from "./measure.ts";
import type { Limits } from "./options.ts";
import { pick } from "./scenarios.ts";

/** Database role → its connection string. */
export type Roles = Map<string, string>;
type Connections = Map<string, Client>;

/** The statements that the requests sent, one after the other through the bare driver: what no application can undercut. */
export async function measureFloor(
  { perRequest }: Capture,
  roles: Roles,
  { clients, limits }: { clients: number; limits: Limits },
): Promise<Measurement> {
  const connections = await Promise.all(Array.from({ length: clients }, () => connectAll(roles)));
  try {
    return await measure((index, client) => replay(pick(perRequest, index), pick(connections, client)), { clients, limits });
  } finally {
    await Promise.all(connections.flatMap((each) => [...each.values()].map((client) => client.end())));
  }
}

async function replay(statements: Capture["perRequest"][number], connections: Connections): Promise<number> {
  for (const { role, sql, parameters } of statements) await connections.get(role)?.query({ text: sql, values: parameters });
  return 0;
}

async function connectAll(roles: Roles): Promise<Connections> {
  const entries = [...roles].map(async ([role, connectionString]) => {
    const client = new Client({ connectionString });
    await client.connect();
    return [role, client] as const;
  });
  return new Map(await Promise.all(entries));
}

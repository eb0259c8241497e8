import { asRole, type DatabaseRole } from "./database.ts";

/** A transaction of somebody at a psql prompt; answers its audit events, one for what it changed and one for each table that it emptied. */
export function fromOutside(role: DatabaseRole, ...statements: [text: string, values?: unknown[]][]): Promise<string[]> {
  return asRole(role, async (client) => {
    await client.query("BEGIN");
    for (const [text, values] of statements) await client.query(text, values);
    const { rows } = await client.query<{ id: string }>(
      `SELECT "id" FROM "AuditEvent" WHERE "operation" = 'database.write' AND "transactionId" = pg_current_xact_id()::text ORDER BY "at", "id"`,
    );
    await client.query("COMMIT");
    return rows.map(({ id }) => id);
  });
}

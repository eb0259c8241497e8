import { DecisiveClient } from "./decisive-client.ts";

/** How every pool of this application is connected: nothing waits without end. */
export function connectionOptions(connectionString: string) {
  return {
    connectionString,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 60_000,
    statement_timeout: 10_000,
    lock_timeout: 3_000,
    idle_in_transaction_session_timeout: 10_000,
    // Longer than PostgreSQL itself lets anything take: only one that says nothing any more gets there.
    query_timeout: 12_000,
    Client: DecisiveClient,
    // Prisma's adapter takes what PostgreSQL writes of a time for UTC, whatever the offset behind it says.
    options: "-c TimeZone=UTC",
    application_name: "countersign",
  };
}

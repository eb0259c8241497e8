import pg from "pg";
import type { Environment } from "./environment.ts";
import { StartError } from "./start-error.ts";

const roles = { DATABASE_OWNER_URL: "countersign_owner", DATABASE_URL: "countersign_app", DATABASE_READER_URL: "countersign_reader" };
// A wrong password or name, no such role, no such database.
const notThere = ["28P01", "28000", "3D000"];

/** Refuses addresses that lead nowhere, or in as somebody else: the triggers of the audit ask who is connected. */
export async function requireRoles(environment: Environment) {
  for (const [variable, role] of Object.entries(roles)) {
    const user = await findUser(variable, environment[variable] ?? "");
    if (user !== role)
      throw new StartError(`${variable} signs in as ${user} and must as ${role}: npm run db:provision prints the lines for .env.`);
  }
}

async function findUser(variable: string, connectionString: string) {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 10_000, application_name: "countersign start" });
  client.on("error", () => {});
  try {
    await client.connect();
    return (await client.query<{ user: string }>(`SELECT current_user AS "user"`)).rows[0]?.user;
  } catch (error) {
    throw new StartError(`The database of ${variable} cannot be used: ${reasonOf(error)}.`);
  } finally {
    await client.end().catch(() => {});
  }
}

function reasonOf(error: unknown): string {
  // What each address of a name answered; the whole says nothing.
  if (error instanceof AggregateError) return reasonOf(error.errors[0]);
  if (!(error instanceof Error)) return String(error);
  const mayBeMissing = error instanceof pg.DatabaseError && notThere.includes(error.code ?? "");
  return mayBeMissing ? `${error.message}; npm run db:provision -- <administrator URL> creates roles and database` : error.message;
}

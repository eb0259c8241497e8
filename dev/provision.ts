import pg from "pg";
import { createSecret } from "./secrets.ts";

export type Passwords = { owner: string; app: string; reader: string; sealer: string };
export type ProvisionOptions = { adminUrl: string; database: string; passwords?: Partial<Passwords> };
export type DatabaseUrls = { ownerUrl: string; appUrl: string; readerUrl: string; sealerUrl: string };

const roles = { owner: "countersign_owner", app: "countersign_app", reader: "countersign_reader", sealer: "countersign_sealer" };
const guests = [roles.app, roles.reader, roles.sealer].join(", ");
const lock = 4_210_739_106;

/**
 * Creates the database and its roles, or corrects what exists. A role that exists keeps its password unless one is
 * given. The administrator may be a superuser or, as managed PostgreSQL gives out, a role with CREATEROLE and CREATEDB.
 */
export async function provision({ adminUrl, database, passwords = {} }: ProvisionOptions): Promise<DatabaseUrls> {
  return withClient(adminUrl, async (admin) => {
    await admin.query(`SELECT pg_advisory_lock(${lock})`);
    const known = await ensureRoles(admin, passwords);
    // Only a member of the owner may act for it, unless it is a superuser.
    await admin.query(`GRANT ${roles.owner} TO CURRENT_USER`);
    await ensureDatabase(admin, database);
    await withClient(withDatabase(adminUrl, database), (client) => lockDown(client, database));
    await admin.query(`REVOKE ${roles.owner} FROM CURRENT_USER`);
    const urlFor = (role: keyof Passwords) => withLogin(withDatabase(adminUrl, database), roles[role], known[role]);
    return { ownerUrl: urlFor("owner"), appUrl: urlFor("app"), readerUrl: urlFor("reader"), sealerUrl: urlFor("sealer") };
  });
}

async function ensureRoles(admin: pg.Client, given: Partial<Passwords>) {
  const { rows } = await admin.query<{ rolname: string }>("SELECT rolname FROM pg_roles WHERE rolname = ANY($1)", [Object.values(roles)]);
  const known: Partial<Passwords> = { ...given };
  for (const [key, role] of Object.entries(roles) as [keyof Passwords, string][]) {
    const exists = rows.some((row) => row.rolname === role);
    if (exists && given[key] === undefined) continue;
    const password = given[key] ?? createSecret();
    await admin.query(`${exists ? "ALTER" : "CREATE"} ROLE ${role} LOGIN PASSWORD ${admin.escapeLiteral(password)}`);
    known[key] = password;
  }
  await admin.query(`ALTER ROLE ${roles.reader} SET default_transaction_read_only = on`);
  return known;
}

async function ensureDatabase(admin: pg.Client, database: string) {
  const name = admin.escapeIdentifier(database);
  const found = await admin.query<{ owner: string }>("SELECT pg_get_userbyid(datdba) AS owner FROM pg_database WHERE datname = $1", [
    database,
  ]);
  const owner = found.rows[0]?.owner;
  if (owner === undefined) await admin.query(`CREATE DATABASE ${name} OWNER ${roles.owner}`);
  else if (owner !== roles.owner) await admin.query(`ALTER DATABASE ${name} OWNER TO ${roles.owner}`);
}

async function lockDown(client: pg.Client, database: string) {
  const name = client.escapeIdentifier(database);
  await client.query(`
    SET ROLE ${roles.owner};
    REVOKE ALL ON DATABASE ${name} FROM PUBLIC;
    GRANT CONNECT ON DATABASE ${name} TO ${guests};
    ALTER SCHEMA public OWNER TO ${roles.owner};
    REVOKE ALL ON SCHEMA public FROM PUBLIC;
    GRANT USAGE ON SCHEMA public TO ${guests};
  `);
}

function withDatabase(adminUrl: string, database: string) {
  const url = new URL(adminUrl);
  url.pathname = `/${encodeURIComponent(database)}`;
  return url.href;
}

function withLogin(databaseUrl: string, role: string, password: string | undefined) {
  const url = new URL(databaseUrl);
  url.username = role;
  url.password = password ?? "";
  return url.href;
}

async function withClient<Result>(connectionString: string, work: (client: pg.Client) => Promise<Result>) {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 10_000, application_name: "countersign provision" });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

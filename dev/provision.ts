import pg from "pg";

export type Passwords = { owner: string; app: string; reader: string; sealer: string };
export type ProvisionOptions = { adminUrl: string; database: string; passwords: Passwords };
export type DatabaseUrls = { ownerUrl: string; appUrl: string; readerUrl: string; sealerUrl: string };

const roles = { owner: "countersign_owner", app: "countersign_app", reader: "countersign_reader", sealer: "countersign_sealer" };
const guests = [roles.app, roles.reader, roles.sealer].join(", ");
const lock = 4_210_739_106;

/**
 * Creates the database and its roles, or corrects what exists. The administrator may be a superuser or, as managed
 * PostgreSQL gives out, a role with CREATEROLE and CREATEDB.
 */
export async function provision({ adminUrl, database, passwords }: ProvisionOptions): Promise<DatabaseUrls> {
  const urlFor = (role: keyof Passwords) => withLogin(adminUrl, roles[role], passwords[role], database);
  await withClient(adminUrl, async (admin) => {
    await admin.query(`SELECT pg_advisory_lock(${lock})`);
    await ensureRoles(admin, passwords);
    await ensureDatabase(admin, database);
  });
  await withClient(urlFor("owner"), (owner) => lockDown(owner, database));
  return { ownerUrl: urlFor("owner"), appUrl: urlFor("app"), readerUrl: urlFor("reader"), sealerUrl: urlFor("sealer") };
}

async function ensureRoles(admin: pg.Client, passwords: Passwords) {
  const existing = await admin.query<{ rolname: string }>("SELECT rolname FROM pg_roles WHERE rolname = ANY($1)", [Object.values(roles)]);
  const names = new Set(existing.rows.map((row) => row.rolname));
  for (const [key, role] of Object.entries(roles) as [keyof Passwords, string][]) {
    await admin.query(`${names.has(role) ? "ALTER" : "CREATE"} ROLE ${role} LOGIN PASSWORD ${admin.escapeLiteral(passwords[key])}`);
  }
  await admin.query(`ALTER ROLE ${roles.reader} SET default_transaction_read_only = on`);
}

async function ensureDatabase(admin: pg.Client, database: string) {
  const name = admin.escapeIdentifier(database);
  const found = await admin.query<{ owner: string }>("SELECT pg_get_userbyid(datdba) AS owner FROM pg_database WHERE datname = $1", [
    database,
  ]);
  const owner = found.rows[0]?.owner;
  if (owner === roles.owner) return;
  // Only a member of the new owner may hand a database to it, unless it is a superuser.
  await admin.query(`GRANT ${roles.owner} TO CURRENT_USER`);
  await admin.query(
    owner === undefined ? `CREATE DATABASE ${name} OWNER ${roles.owner}` : `ALTER DATABASE ${name} OWNER TO ${roles.owner}`,
  );
  await admin.query(`REVOKE ${roles.owner} FROM CURRENT_USER`);
}

async function lockDown(owner: pg.Client, database: string) {
  const name = owner.escapeIdentifier(database);
  await owner.query(`
    REVOKE ALL ON DATABASE ${name} FROM PUBLIC;
    GRANT CONNECT ON DATABASE ${name} TO ${guests};
    ALTER SCHEMA public OWNER TO ${roles.owner};
    REVOKE ALL ON SCHEMA public FROM PUBLIC;
    GRANT USAGE ON SCHEMA public TO ${guests};
  `);
}

function withLogin(adminUrl: string, role: string, password: string, database: string) {
  const url = new URL(adminUrl);
  url.username = role;
  url.password = password;
  url.pathname = `/${encodeURIComponent(database)}`;
  return url.href;
}

async function withClient(connectionString: string, work: (client: pg.Client) => Promise<void>) {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 10_000, application_name: "countersign provision" });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

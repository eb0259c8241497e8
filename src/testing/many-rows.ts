import { asRole } from "./database.ts";

const unique = { Organization: "slug", User: "email" } as const;

type Many = {
  table: keyof typeof unique;
  count: number;
  /** Goes into the name, and into the address or the slug. */
  word: string;
};

/** So many rows of a table while the work lasts, made and removed without an event for each; `removeOne` removes one of them. */
export async function withManyRows({ table, count, word }: Many, work: (removeOne: () => Promise<void>) => Promise<void>): Promise<void> {
  const end = table === "User" ? "@many.example" : "";
  const remove = (which: string) => unseen(table, `DELETE FROM "${table}" WHERE "${unique[table]}" LIKE '${word}-${which}${end}'`);
  await unseen(
    table,
    `INSERT INTO "${table}" ("name", "${unique[table]}") SELECT 'Many ${word}', '${word}-' || n || '${end}' FROM generate_series(1, ${count}) AS n`,
  );
  try {
    await work(() => remove("1"));
  } finally {
    await remove("%");
  }
}

/** Changes rows of a table without an event for each. */
export async function unseen(table: string, sql: string): Promise<void> {
  await asRole("superuser", async (client) => {
    await client.query("BEGIN");
    await client.query(`ALTER TABLE "${table}" DISABLE TRIGGER audit_capture`);
    await client.query(sql);
    await client.query(`ALTER TABLE "${table}" ENABLE ALWAYS TRIGGER audit_capture`);
    await client.query("COMMIT");
  });
}

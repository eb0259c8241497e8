import type { Client } from "pg";
import type { MailServer } from "../../../dev/mail.ts";

type Customer = { id: string; people: { owner: { email: string } } };
export type MailFindings = {
  wanted: number;
  /** Mails that arrived, whatever their number of arrivals. */
  sent: number;
  /** Of these, those that arrived more than once with the same Message-ID: the mail server's answer was lost. */
  again: number;
  /** Customers who did not get one mail, and no more than one, for each refund. */
  wrong: string[];
};

/** Compares the mails of each customer with the refunds that they got. */
export async function findMailFaults(database: Client, { mailboxUrl }: MailServer, customers: readonly Customer[]): Promise<MailFindings> {
  const { rows } = await database.query<{ id: string; count: number }>(
    `SELECT "organizationId" AS "id", count(*)::int AS "count" FROM "LedgerEntry"
     WHERE "kind" = 'refund' AND "state" = 'succeeded' AND "organizationId" = ANY ($1) GROUP BY 1`,
    [customers.map(({ id }) => id)],
  );
  const refunds = new Map(rows.map(({ id, count }) => [id, count]));
  const found: MailFindings = { wanted: 0, sent: 0, again: 0, wrong: [] };
  for (const { id, people } of customers) {
    const to = new URLSearchParams({ to: people.owner.email });
    const mails: { arrivals: number }[] = await (await fetch(`${mailboxUrl}/messages.json?${to}`)).json();
    found.wanted += refunds.get(id) ?? 0;
    found.sent += mails.length;
    found.again += mails.filter(({ arrivals }) => arrivals > 1).length;
    if (mails.length !== (refunds.get(id) ?? 0)) found.wrong.push(id);
  }
  return found;
}

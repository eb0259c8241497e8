import type { Reader, Transaction } from "../db.ts";

type Queryable = Reader | Transaction;

/** How operations find, name and confirm the rows of one model. */
type Target<Row, Where> = {
  title: string;
  /** The row as somebody deciding about it sees it, or null. Without secrets and telemetry: it is hashed with a preview. */
  find: (db: Queryable, where: Where) => Promise<Row | null>;
  /** How its row is locked, where that is not the row of the table with the target's name. */
  lock?: (db: Transaction, id: string) => Promise<void>;
  /** Frozen into the audit. */
  label: (row: Row) => string;
  organizationId: (row: Row) => string | null;
  /** What to type to confirm a risky operation. */
  phrase: (row: Row) => string;
  /** Where the phrase is personal data: whose, or null for somebody without a user. */
  phraseBelongsTo?: (row: Row) => string | null;
  /** Where staff look at it. */
  path: (row: Row) => string;
  /** The columns by which a customer's reach is decided; without them customers reach no row. */
  organizationField?: string;
  userField?: string;
  /** The column with the address that makes somebody the person concerned, where there may be no user yet. */
  emailField?: string;
};

export function defineTarget<Row extends { id: string }, Where>(target: Target<Row, Where>) {
  return target;
}

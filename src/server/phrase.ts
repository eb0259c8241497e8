import type { Reader, Transaction } from "./db.ts";
import type { AnyOperation } from "./operation.ts";
import { type TargetType, targets } from "./targets.ts";

/** What somebody types to confirm; where it is personal data, whose, or null for somebody without a user. */
export type Phrase = { words: string; belongsTo?: string | null };

/** The operation's own phrase, or else what its target is called. */
export async function findPhrase(db: Reader | Transaction, operation: AnyOperation, target: { id: string }): Promise<Phrase> {
  const own = await operation.phrase?.({ db, target });
  if (own) return own;
  const { phrase, phraseBelongsTo } = targets[operation.target as TargetType] as {
    phrase: (row: object) => string;
    phraseBelongsTo?: (row: object) => string | null;
  };
  return { words: phrase(target), ...(phraseBelongsTo && { belongsTo: phraseBelongsTo(target) }) };
}

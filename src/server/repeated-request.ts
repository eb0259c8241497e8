import { createHash } from "node:crypto";
import { canonicalJson } from "#lib/canonical-json.ts";
import { type Transaction, writer } from "./db.ts";
import { AppError } from "./errors.ts";

/** What a program was answered; the same is answered when it asks again with the same idempotency key. */
export type KeptAnswer = { status: number; answer: unknown };
/** Goes before and after the run, in its transaction. */
export type Once = { before(db: Transaction): Promise<void>; after(db: Transaction, output: unknown): Promise<void> };

/** Thrown in place of a run that was done before, by this very request. */
export class AnsweredBefore extends Error {
  readonly kept: KeptAnswer;
  constructor(kept: KeptAnswer) {
    super("This was done and answered before.");
    this.kept = kept;
  }
}

type Asked = { apiKeyId: string; key: string; request: unknown; answerTo: (output: unknown, db: Transaction) => Promise<KeptAnswer> };

/**
 * Lets a run happen once for each idempotency key of an API key: the answer is kept with the change, or neither is. Throws
 * AnsweredBefore, IDEMPOTENCY_KEY_REUSED where the key came with something else, and IDEMPOTENCY_KEY_IN_USE while the first is running.
 */
export function onceFor({ apiKeyId, key, request, answerTo }: Asked): Once {
  const id = hash(`${apiKeyId}\n${key}`);
  const requestHash = hash(canonicalJson(request));
  return {
    async before(db) {
      const [claim] = await db.$queryRaw<{ claimed: boolean }[]>`
        SELECT pg_try_advisory_xact_lock(hashtextextended(${`idempotency ${id}`}, 0)) AS "claimed"`;
      if (!claim?.claimed) throw new AppError("IDEMPOTENCY_KEY_IN_USE");
      const [found] = await db.$queryRaw<(KeptAnswer & { requestHash: string })[]>`
        SELECT "status", "answer", "requestHash" FROM "ApiAnswer" WHERE "id" = ${id} AND "createdAt" > now() - interval '24 hours'`;
      if (!found) return;
      if (found.requestHash !== requestHash) throw new AppError("IDEMPOTENCY_KEY_REUSED");
      throw new AnsweredBefore({ status: found.status, answer: found.answer });
    },
    async after(db, output) {
      const { status, answer } = await answerTo(output, db);
      await db.$executeRaw`
        INSERT INTO "ApiAnswer" ("id", "apiKeyId", "requestHash", "status", "answer")
        VALUES (${id}, ${apiKeyId}, ${requestHash}, ${status}, ${JSON.stringify(answer)}::jsonb)
        ON CONFLICT ("id") DO UPDATE SET "requestHash" = excluded."requestHash", "status" = excluded."status",
          "answer" = excluded."answer", "createdAt" = now()`;
    },
  };
}

export async function forgetAnswers(): Promise<void> {
  await writer().$executeRaw`
    DELETE FROM "ApiAnswer" WHERE "id" IN (SELECT "id" FROM "ApiAnswer" WHERE "createdAt" < now() - interval '24 hours' LIMIT 10000)`;
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

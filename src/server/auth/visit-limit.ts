import { formatWait } from "#lib/format-time.ts";
import type { Transaction } from "../db.ts";
import { AppError } from "../errors.ts";
import { networkOf } from "./network-of.ts";
import { throttleKey } from "./throttle.ts";

const mostInAnHour = { address: 5, source: 20 } as const;

/**
 * Bounds what somebody who has not signed in may ask for in an hour: by the address that gets a mail, and by where it
 * comes from. Throws TOO_MANY_REQUESTS. Counts in the run's own transaction: parallel ones wait for each other.
 */
export async function limitVisits(
  db: Transaction,
  { operation, email, sourceIp }: { operation: string; email: string; sourceIp: string | null },
): Promise<void> {
  // Always in this order, so that two visits never wait for each other in a circle.
  await count(db, throttleKey(`${operation} source`, networkOf(sourceIp)), mostInAnHour.source);
  await count(db, throttleKey(`${operation} address`, email), mostInAnHour.address);
}

async function count(db: Transaction, id: string, most: number): Promise<void> {
  const [row] = await db.$queryRaw<{ failures: number; blockedUntil: Date }[]>`
    INSERT INTO "SignInThrottle" AS t ("id", "failures", "blockedUntil") VALUES (${id}, 1, now() + interval '1 hour')
    ON CONFLICT ("id") DO UPDATE SET "updatedAt" = now(),
      "failures" = CASE WHEN t."blockedUntil" > now() THEN t."failures" + 1 ELSE 1 END,
      "blockedUntil" = CASE WHEN t."blockedUntil" > now() THEN t."blockedUntil" ELSE now() + interval '1 hour' END
    RETURNING "failures", "blockedUntil"`;
  if (row && row.failures > most)
    throw new AppError("TOO_MANY_REQUESTS", {
      userMessage: `That was asked for too often. Try again in ${formatWait(row.blockedUntil)}.`,
    });
}

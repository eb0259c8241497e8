import { createHmac } from "node:crypto";
import { env } from "#env.ts";
import { Prisma } from "#generated/prisma/client.ts";
import { formatWait } from "#lib/format-time.ts";
import { type Transaction, writer } from "../db.ts";
import { AppError } from "../errors.ts";
import { networkOf } from "./network-of.ts";

/** So many failures cost nothing; each further one doubles the wait. After so many quiet minutes one failure is forgotten. */
type Policy = { free: number; forgivenAfterMinutes: number };

export const signInPolicies = {
  address: { free: 5, forgivenAfterMinutes: 180 },
  source: { free: 20, forgivenAfterMinutes: 3 },
} as const satisfies Record<string, Policy>;
const longestWaitMinutes = 60;

/** Whether the attempt may be judged at all, and until when none may: already, or if this one fails. */
export type Attempt = {
  allowed: boolean;
  blockedUntil: Date | null;
  /** The same, for this address from wherever. */
  addressBlockedUntil: Date | null;
};
type Typed = { email: string; sourceIp: string | null };

/**
 * Counts an attempt as failed before it is judged, so that attempts in parallel cannot outrun the count. Goes by what
 * was typed, so that an address without an account is treated exactly like one with.
 */
export async function countAttempt({ email, sourceIp }: Typed): Promise<Attempt> {
  const source = await count(sourceKey(sourceIp), signInPolicies.source);
  if (!source.allowed) return { ...source, addressBlockedUntil: null };
  const address = await count(addressKey(email), signInPolicies.address);
  if (!address.allowed) await forgive(sourceKey(sourceIp));
  const ends = [address.blockedUntil, address.allowed ? source.blockedUntil : null].filter((until) => until !== null);
  const blockedUntil = ends.sort((a, b) => b.getTime() - a.getTime())[0] ?? null;
  return { allowed: address.allowed, blockedUntil, addressBlockedUntil: address.blockedUntil };
}

/** Counts an attempt like one to sign in, or throws TOO_MANY_REQUESTS, with how long to wait, while none is judged. */
export async function requireAttempt(typed: Typed): Promise<void> {
  const { allowed, blockedUntil } = await countAttempt(typed);
  if (allowed) return;
  const wait = formatWait(blockedUntil ?? new Date());
  throw new AppError("TOO_MANY_REQUESTS", { userMessage: `Too many failed attempts. Try again in ${wait}.` });
}

/** The attempt was right, but another step follows: it does not count. */
export async function forgiveAttempt({ email, sourceIp }: Typed): Promise<void> {
  await forgive(sourceKey(sourceIp));
  await forgive(addressKey(email));
}

/** Somebody got in. Their network keeps its other failures, or an own account would pay for guessing others'. */
export async function forgetFailures({ email, sourceIp }: Typed): Promise<void> {
  await forgive(sourceKey(sourceIp));
  await writer().$executeRaw`DELETE FROM "SignInThrottle" WHERE "id" = ${addressKey(email)}`;
}

/** Lets this address try again at once. */
export async function clearThrottle(db: Transaction, email: string): Promise<void> {
  await db.$executeRaw`DELETE FROM "SignInThrottle" WHERE "id" = ${addressKey(email)}`;
}

export function addressKey(email: string): string {
  return throttleKey("address", email.toLowerCase());
}

export function sourceKey(sourceIp: string | null): string {
  return throttleKey("source", networkOf(sourceIp));
}

/** Keyed, so that the table tells nobody which addresses were typed. */
export function throttleKey(kind: string, value: string): string {
  return `${kind} ${createHmac("sha256", env().PRODUCT_AUTH_SECRET).update(`throttle ${kind} ${value}`).digest("base64url")}`;
}

async function count(id: string, { free, forgivenAfterMinutes }: Policy): Promise<Omit<Attempt, "addressBlockedUntil">> {
  // Of two at once, the second began before the first was counted.
  const quietMinutes = Prisma.sql`greatest(0, extract(epoch FROM now() - t."updatedAt") / 60)`;
  const failures = Prisma.sql`greatest(0, t."failures" - floor(${quietMinutes} / ${forgivenAfterMinutes}::int)::int) + 1`;
  const [counted] = await writer().$queryRaw<{ blockedUntil: Date | null }[]>`
    INSERT INTO "SignInThrottle" AS t ("id", "failures") VALUES (${id}, 1)
    ON CONFLICT ("id") DO UPDATE SET "failures" = ${failures}, "updatedAt" = now(), "blockedUntil" =
      CASE WHEN ${failures} >= ${free}::int
        THEN now() + least(${longestWaitMinutes}::int, power(2, least(${failures} - ${free}::int, 10))) * interval '1 minute' END
    WHERE t."blockedUntil" IS NULL OR t."blockedUntil" <= now()
    RETURNING "blockedUntil"`;
  if (counted) return { allowed: true, blockedUntil: counted.blockedUntil };
  const [blocked] = await writer().$queryRaw<{ blockedUntil: Date | null }[]>`
    SELECT "blockedUntil" FROM "SignInThrottle" WHERE "id" = ${id}`;
  return { allowed: false, blockedUntil: blocked?.blockedUntil ?? new Date() };
}

// Whatever wait this attempt began is its own: while another's lasts, none is counted.
async function forgive(id: string): Promise<void> {
  await writer()
    .$executeRaw`UPDATE "SignInThrottle" SET "failures" = greatest(0, "failures" - 1), "blockedUntil" = NULL WHERE "id" = ${id}`;
}

import { createHmac } from "node:crypto";
import { Secret, TOTP } from "otpauth";
import { env } from "#env.ts";
import type { Transaction } from "../db.ts";
import { seal, unseal } from "./seal.ts";

const secondsPerStep = 30;
const codeForm = /^\d{6}$/;

export type SecondFactor = "code" | "recoveryCode";

export function newTotpSecret(): string {
  return new Secret({ size: 20 }).base32;
}

/** The address that an authenticator app reads from the QR code. */
export function totpAddress({ secret, email }: { secret: string; email: string }): string {
  return totpOf(secret, email).toString();
}

export function sealTotpSecret(secret: string, userId: string): string {
  return seal(secret, `totp ${userId}`);
}

/** The time step to which this code belongs, if that is the current one or one beside it. */
export function findStep(secret: string, typed: string, now = Date.now()): number | null {
  const code = withoutSpaces(typed);
  if (!codeForm.test(code)) return null;
  const delta = totpOf(secret).validate({ token: code, window: 1, timestamp: now });
  return delta === null ? null : Math.floor(now / 1_000 / secondsPerStep) + delta;
}

/** Takes a code of the app, or a recovery code, once: null for one that is wrong or was taken before. */
export async function takeSecondFactor(
  db: Transaction,
  { userId, typed }: { userId: string; typed: string },
): Promise<SecondFactor | null> {
  if (codeForm.test(withoutSpaces(typed))) return (await takeCode(db, userId, typed)) ? "code" : null;
  return (await takeRecoveryCode(db, userId, typed)) ? "recoveryCode" : null;
}

async function takeCode(db: Transaction, userId: string, typed: string): Promise<boolean> {
  const user = await db.user.findUnique({ where: { id: userId }, select: { totpSecret: true, totpEnabledAt: true } });
  if (!user?.totpSecret || !user.totpEnabledAt) return false;
  const step = findStep(unseal(user.totpSecret, `totp ${userId}`), typed);
  if (step === null) return false;
  const taken = await db.$executeRaw`
    UPDATE "User" SET "totpLastStep" = ${step} WHERE "id" = ${userId} AND ("totpLastStep" IS NULL OR "totpLastStep" < ${step})`;
  return taken === 1;
}

async function takeRecoveryCode(db: Transaction, userId: string, typed: string): Promise<boolean> {
  const codeHash = hashRecoveryCode(userId, typed);
  const taken = await db.$executeRaw`
    UPDATE "RecoveryCode" SET "usedAt" = now() WHERE "userId" = ${userId} AND "codeHash" = ${codeHash} AND "usedAt" IS NULL`;
  return taken === 1;
}

/** Random enough that a fast hash does; keyed, so that a copy of the table alone cannot be tried against. */
export function hashRecoveryCode(userId: string, code: string): string {
  const letters = code.toLowerCase().replace(/[^a-z0-9]/g, "");
  return createHmac("sha256", env().PRODUCT_AUTH_SECRET).update(`recovery code ${userId} ${letters}`).digest("base64url");
}

function withoutSpaces(typed: string): string {
  return typed.replace(/\s/g, "");
}

function totpOf(secret: string, label = "Countersign"): TOTP {
  return new TOTP({ issuer: "Countersign", label, secret, algorithm: "SHA1", digits: 6, period: secondsPerStep });
}

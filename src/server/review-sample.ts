import { createHmac } from "node:crypto";
import { env } from "#env.ts";

/**
 * Whether this one is among the given percentage. Always the same answer for the same id, and nobody without the
 * secret can tell it beforehand: neither who begins an impersonation nor who reviews them chooses what is looked at.
 */
export function isInReviewSample(impersonationId: string, percent: number): boolean {
  const digest = createHmac("sha256", env().STAFF_AUTH_SECRET).update(`review of ${impersonationId}`).digest();
  return digest.readUInt32BE() / 2 ** 32 < percent / 100;
}

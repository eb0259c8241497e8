import { Secret, TOTP } from "otpauth";
import { unseal } from "#server/auth/seal.ts";
import { writer } from "#server/db.ts";

/** The code that an authenticator app shows now, or some steps from now; of a secret, or of a person who has one. */
export async function codeOf(secretOrUserId: string, stepsFromNow = 0): Promise<string> {
  const secret = secretOrUserId.startsWith("usr_") ? await secretOf(secretOrUserId) : secretOrUserId;
  return TOTP.generate({ secret: Secret.fromBase32(secret), timestamp: Date.now() + stepsFromNow * 30_000 });
}

async function secretOf(userId: string): Promise<string> {
  const { totpSecret } = await writer().user.findUniqueOrThrow({ where: { id: userId }, select: { totpSecret: true } });
  return unseal(totpSecret ?? "", `totp ${userId}`);
}

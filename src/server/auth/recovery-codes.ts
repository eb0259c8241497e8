import { randomInt } from "node:crypto";
import type { Transaction } from "../db.ts";
import { hashRecoveryCode } from "./second-factor.ts";

const howMany = 10;
// Without what looks alike on paper.
const alphabet = "23456789abcdefghjkmnpqrstuvwxyz";

/** Replaces somebody's recovery codes by new ones, and gives those: from then on only their hashes are known. */
export async function replaceRecoveryCodes(db: Transaction, userId: string): Promise<string[]> {
  const codes = Array.from({ length: howMany }, newCode);
  await db.recoveryCode.deleteMany({ where: { userId } });
  await db.recoveryCode.createMany({ data: codes.map((code) => ({ userId, codeHash: hashRecoveryCode(userId, code) })) });
  return codes;
}

function newCode(): string {
  const letters = Array.from({ length: 10 }, () => alphabet[randomInt(alphabet.length)]).join("");
  return `${letters.slice(0, 5)}-${letters.slice(5)}`;
}

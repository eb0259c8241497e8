import { reader, type Transaction } from "../db.ts";
import { AppError } from "../errors.ts";
import { readMailedSecret } from "./mailed-secret.ts";
import { verifyPassword } from "./password.ts";

export const signUpIsOver = "This link was used already, or is too old. If you have no account yet, sign up again.";

type SignUp = { email: string; name: string; organizationName: string };

/** What a mailed link confirms, while it is good; null else. */
export async function findSignUp(token: string): Promise<SignUp | null> {
  const id = readMailedSecret(token);
  if (!id) return null;
  const [found] = await reader().$queryRaw<SignUp[]>`
    SELECT "email", "name", "organizationName" FROM "SignUp" WHERE "id" = ${id} AND "usedAt" IS NULL AND "expiresAt" > now()`;
  return found ?? null;
}

/** Uses the link up, in this transaction; throws EXPIRED where it is none, or none any more. */
export async function takeSignUp(db: Transaction, token: string): Promise<SignUp & { passwordHash: string }> {
  const id = readMailedSecret(token);
  const [taken] = await db.$queryRaw<(SignUp & { passwordHash: string })[]>`
    UPDATE "SignUp" SET "usedAt" = now() WHERE "id" = ${id} AND "usedAt" IS NULL AND "expiresAt" > now()
    RETURNING "email", "name", "organizationName", "passwordHash"`;
  if (!taken) throw new AppError("EXPIRED", { userMessage: signUpIsOver });
  return taken;
}

/** Throws FORBIDDEN unless this is the password of the sign-up: who presses a link that a stranger asked for gets no account of theirs. */
export async function requireChosenPassword({ passwordHash, typed }: { passwordHash: string; typed: string }): Promise<void> {
  if (await verifyPassword(passwordHash, typed)) return;
  throw new AppError("FORBIDDEN", {
    userMessage: "This is not the password of the sign-up. Nothing was made.",
    details: { fields: { "input.password": "Enter the password that was chosen when signing up." } },
  });
}

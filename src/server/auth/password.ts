import { hash, verify } from "@node-rs/argon2";

// Keyboards differ in how they compose a letter, so what is hashed is always NFC.
// argon2id (algorithm 2) as OWASP recommends it.
const options = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize("NFC"), options);
}

/** Takes the same time where there is no such person or no password, and is then false. */
export async function verifyPassword(passwordHash: string | null | undefined, password: string): Promise<boolean> {
  const matches = await verify(passwordHash ?? hashOfNothing, password.normalize("NFC"));
  return matches && Boolean(passwordHash);
}

const hashOfNothing = "$argon2id$v=19$m=19456,t=2,p=1$ly91jQjWXvm0VVwoD421QQ$k9Wysn6cb/HcvhzXi0g8OzjzdT/rd4pdiESoiwUl6xk";

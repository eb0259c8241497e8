import { Prisma } from "#generated/prisma/client.ts";
import { writer } from "../db.ts";

/** Somebody who may be signing in, with what that is checked against. */
export type Person = {
  id: string;
  email: string;
  name: string;
  passwordHash: string | null;
  passwordChangedAt: Date | null;
  totpEnabledAt: Date | null;
  lockedUntil: Date | null;
};

export function findPersonByEmail(email: string): Promise<Person | null> {
  return find(Prisma.sql`u."email" = ${email}`);
}

export function findPersonById(id: string): Promise<Person | null> {
  return find(Prisma.sql`u."id" = ${id}`);
}

export function targetOf({ id, name }: Pick<Person, "id" | "name">) {
  return { type: "User", id, label: name };
}

// The reader's role sees no hashes.
async function find(where: Prisma.Sql): Promise<Person | null> {
  const [person] = await writer().$queryRaw<Person[]>`
    SELECT u."id", u."email", u."name", u."passwordHash", u."passwordChangedAt", u."totpEnabledAt", l."until" AS "lockedUntil"
    FROM "User" u LEFT JOIN "Lockout" l ON l."userId" = u."id" AND l."until" > now() WHERE ${where}`;
  return person ?? null;
}

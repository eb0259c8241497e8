import type { AccountTokenPurpose } from "#generated/prisma/enums.ts";
import type { SignedInContext, UserActor } from "../actor.ts";
import { productContext } from "../context.ts";
import { reader, type Transaction } from "../db.ts";
import { AppError } from "../errors.ts";
import { readMailedSecret } from "./mailed-secret.ts";
import { requestInfo } from "./request-info.ts";

/** Says the same of a link that was used, has expired, was cancelled or never was. */
export const linkIsOver = "This link was used already, or is too old. Ask for a new one.";

export type MailedLink = { user: { id: string; name: string; email: string }; email: string | null };

/** What a mailed link is about, while it is good; null else. Looking changes nothing: programs open links too. */
export async function findMailedLink(token: string, purpose: AccountTokenPurpose): Promise<MailedLink | null> {
  const id = readMailedSecret(token);
  if (!id) return null;
  const [found] = await reader().$queryRaw<{ id: string; name: string; email: string; newEmail: string | null }[]>`
    SELECT u."id", u."name", u."email", t."email" AS "newEmail" FROM "AccountToken" t JOIN "User" u ON u."id" = t."userId"
    WHERE t."id" = ${id} AND t."purpose" = ${purpose}::"AccountTokenPurpose" AND t."usedAt" IS NULL AND t."expiresAt" > now()`;
  if (!found) return null;
  const { newEmail, ...user } = found;
  return { user, email: newEmail };
}

/** Uses the link up, in this transaction; throws EXPIRED where it is not, or not any more, one for this person and purpose. */
export async function takeMailedLink(
  db: Transaction,
  { token, userId, purpose }: { token: string; userId: string; purpose: AccountTokenPurpose },
): Promise<{ email: string | null }> {
  const id = readMailedSecret(token);
  const [taken] = await db.$queryRaw<{ email: string | null }[]>`
    UPDATE "AccountToken" SET "usedAt" = now()
    WHERE "id" = ${id} AND "userId" = ${userId} AND "purpose" = ${purpose}::"AccountTokenPurpose"
      AND "usedAt" IS NULL AND "expiresAt" > now()
    RETURNING "email"`;
  if (!taken) throw new AppError("EXPIRED", { userMessage: linkIsOver });
  return taken;
}

/** Who acts by a mailed link: its person, in their own session where this browser has one. Staff in a customer's seat stay staff. */
export async function bearerContext(headers: Headers, { user }: Pick<MailedLink, "user">): Promise<SignedInContext> {
  const { actor, ...context } = await productContext(headers);
  if (actor && (context.onBehalfOf || actor.id === user.id)) return { ...context, actor };
  const bearer: UserActor = { type: "user", id: user.id, label: user.name, email: user.email, memberships: [], sessionId: null };
  return { ...requestInfo(headers), onBehalfOf: null, impersonation: null, actor: bearer };
}

/** Who acts without signing in: a visitor, also where this browser has a session. Staff in a customer's seat stay staff. */
export async function visitorContext(headers: Headers): Promise<SignedInContext> {
  const { actor, ...context } = await productContext(headers);
  if (actor && context.onBehalfOf) return { ...context, actor };
  return { ...requestInfo(headers), onBehalfOf: null, impersonation: null, actor: { type: "visitor", id: "visitor", label: "Visitor" } };
}

import NextAuth from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { env } from "#env.ts";
import { AppError } from "../errors.ts";
import { localPath } from "./local-path.ts";
import { commonConfig } from "./next-auth-config.ts";
import { readTicket, writeTicket } from "./ticket.ts";

const thirtyDays = 30 * 24 * 60 * 60;

/**
 * Customers' sign-in. The token names a session row and says nothing else. How somebody proves who they are is ours:
 * with a password, a second factor or a mailed link; next-auth takes the ticket of a session that has begun.
 */
export const product = NextAuth(() => ({
  ...commonConfig("product"),
  basePath: "/api/auth",
  secret: env().PRODUCT_AUTH_SECRET,
  session: { strategy: "jwt", maxAge: thirtyDays },
  pages: { signIn: "/sign-in", error: "/sign-in" },
  providers: [Credentials({ credentials: { ticket: {} }, authorize: ({ ticket }) => openTicket(ticket) })],
  callbacks: {
    jwt: ({ token, user }) => (user?.sessionId ? { sessionId: user.sessionId } : token),
    redirect: ({ url, baseUrl }) => baseUrl + localPath(url.replace(baseUrl, ""), { within: "/", fallback: "/" }),
  },
}));

/** Gives this browser the cookie of a session that has just begun. */
export async function enterSession(sessionId: string): Promise<void> {
  await product.signIn("credentials", { ticket: await writeTicket("beginSession", sessionId), redirect: false });
}

async function openTicket(ticket: unknown) {
  const sessionId = await readTicket("beginSession", typeof ticket === "string" ? ticket : null);
  if (!sessionId) throw new AppError("UNAUTHENTICATED");
  return { id: sessionId, sessionId };
}

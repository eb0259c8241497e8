import NextAuth from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { z } from "zod";
import { env } from "#env.ts";
import { email } from "#lib/text.ts";
import { AppError } from "../errors.ts";
import { signInCustomer, signInRefused } from "./customer-sign-in.ts";
import { localPath } from "./local-path.ts";
import { commonConfig } from "./next-auth-config.ts";
import { requestInfo } from "./request-info.ts";
import { findSessionId } from "./session-token.ts";

const thirtyDays = 30 * 24 * 60 * 60;
const credentialsSchema = z.object({ email: email(), password: z.string().min(1).max(1_000) });

/** Customers' sign-in. The token names a session row and says nothing else. */
export const product = NextAuth(() => ({
  ...commonConfig("product"),
  basePath: "/api/auth",
  secret: env().PRODUCT_AUTH_SECRET,
  session: { strategy: "jwt", maxAge: thirtyDays },
  pages: { signIn: "/sign-in", error: "/sign-in" },
  providers: [Credentials({ credentials: { email: {}, password: {} }, authorize: checkPassword })],
  callbacks: {
    jwt: ({ token, user }) => (user?.sessionId ? { sessionId: user.sessionId } : token),
    redirect: ({ url, baseUrl }) => baseUrl + localPath(url.replace(baseUrl, ""), { within: "/", fallback: "/" }),
  },
}));

async function checkPassword(credentials: unknown, { headers }: Request) {
  const typed = credentialsSchema.safeParse(credentials);
  if (!typed.success) throw new AppError("UNAUTHENTICATED", { userMessage: signInRefused });
  const replaces = await findSessionId(headers, "product");
  const { userId, sessionId } = await signInCustomer({ ...typed.data, request: requestInfo(headers), replaces });
  return { id: userId, sessionId };
}

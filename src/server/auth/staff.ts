import type { NextRequest } from "next/server";
import NextAuth, { type NextAuthConfig, type Profile } from "next-auth";
import { env } from "#env.ts";
import { localPath } from "./local-path.ts";
import { commonConfig } from "./next-auth-config.ts";
import { requestInfo } from "./request-info.ts";
import { findSessionId } from "./session-token.ts";
import { readStaffClaims } from "./staff-claims.ts";
import { refuseStaff, signInStaff } from "./staff-sign-in.ts";

const eightHours = 8 * 60 * 60;

/** Staff sign-in through the company's identity provider. The token names a session row and says nothing else. */
export const staff = NextAuth((request) => ({
  ...commonConfig("staff"),
  basePath: "/admin/api/auth",
  secret: env().STAFF_AUTH_SECRET,
  session: { strategy: "jwt", maxAge: eightHours },
  pages: { signIn: "/admin/sign-in", error: "/admin/sign-in" },
  providers: [identityProvider()],
  callbacks: {
    signIn: ({ profile }) => admit(profile, request),
    jwt: ({ token, account, profile }) => (account ? beginSession(profile, request) : token),
    redirect: ({ url, baseUrl }) => baseUrl + localPath(url.replace(baseUrl, ""), { within: "/admin", fallback: "/admin" }),
  },
}));

function identityProvider(): NextAuthConfig["providers"][number] {
  return {
    id: "staff",
    name: "Identity provider",
    type: "oidc",
    issuer: env().STAFF_OIDC_ISSUER,
    clientId: env().STAFF_OIDC_CLIENT_ID,
    clientSecret: env().STAFF_OIDC_CLIENT_SECRET,
    // With max_age the provider has to say when the person proved who they are.
    authorization: { params: { scope: "openid profile email groups", max_age: eightHours } },
    checks: ["pkce", "state", "nonce"],
  };
}

async function admit(profile: Profile | undefined, request: NextRequest | undefined): Promise<boolean | string> {
  const refusal = await refuseStaff(readStaffClaims(profile), requestInfo(headersOf(request)));
  return refusal ? `/admin/sign-in/refused?reason=${refusal}` : true;
}

async function beginSession(profile: Profile | undefined, request: NextRequest | undefined) {
  const headers = headersOf(request);
  const replaces = await findSessionId(headers, "staff");
  return { sessionId: await signInStaff({ claims: readStaffClaims(profile), request: requestInfo(headers), replaces }) };
}

function headersOf(request: NextRequest | undefined): Headers {
  return request?.headers ?? new Headers();
}

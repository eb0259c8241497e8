import type { Metadata } from "next";
import { headers } from "next/headers";
import { signInRefused } from "#server/auth/customer-sign-in.ts";
import { localPath } from "#server/auth/local-path.ts";
import { findSignInAttempt } from "#server/auth/sign-in-form.ts";

export const metadata: Metadata = { title: "Sign in" };

type Props = { searchParams: Promise<{ failed?: string; next?: string }> };

export default async function SignInPage({ searchParams }: Props) {
  const { failed, next } = await searchParams;
  const attempt = failed ? findSignInAttempt(new Headers(await headers())) : null;
  return (
    <main className="narrow">
      <h1>Sign in</h1>
      {failed && (
        <p className="message error" role="alert" id="problem">
          {attempt?.problem ?? signInRefused}
        </p>
      )}
      <form method="post" action="/sign-in/submit">
        <input type="hidden" name="next" value={localPath(next, { within: "/", fallback: "/" })} />
        <div className="field">
          <label htmlFor="email">E-mail</label>
          <input
            id="email"
            name="email"
            type="email"
            autoComplete="username"
            required
            maxLength={254}
            defaultValue={attempt?.email}
            aria-describedby={failed ? "problem" : undefined}
          />
        </div>
        <div className="field">
          <label htmlFor="password">Password</label>
          <input id="password" name="password" type="password" autoComplete="current-password" required maxLength={200} />
        </div>
        <button className="primary" type="submit">
          Sign in
        </button>
      </form>
    </main>
  );
}

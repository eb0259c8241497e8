import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { localPath } from "#server/auth/local-path.ts";
import { findChallenge } from "#server/auth/once-cookie.ts";
import { hasChallenge } from "#server/auth/second-factor-sign-in.ts";
import { findAttempt, type Query, textOf } from "../../visitor-pages.ts";

export const metadata: Metadata = { title: "Enter your code" };

export default async function CodePage({ searchParams }: { searchParams: Query }) {
  const next = localPath(await textOf(searchParams, "next"), { within: "/", fallback: "/" });
  if (!(await hasChallenge(findChallenge(new Headers(await headers()))))) redirect(`/sign-in?${new URLSearchParams({ next })}`);
  const { problem } = await findAttempt(searchParams);
  return (
    <main className="narrow">
      <h1>Enter your code</h1>
      {problem && (
        <p className="message error" role="alert" id="problem">
          {problem}
        </p>
      )}
      <form method="post" action="/sign-in/code/submit">
        <input type="hidden" name="next" value={next} />
        <div className="field">
          <label htmlFor="code">Code</label>
          <input
            id="code"
            name="code"
            autoComplete="one-time-code"
            autoCapitalize="none"
            spellCheck={false}
            required
            maxLength={20}
            aria-describedby={problem ? "problem code-help" : "code-help"}
          />
          <p className="help" id="code-help">
            From your authenticator app. Without it, use one of your recovery codes.
          </p>
        </div>
        <button className="primary" type="submit">
          Sign in
        </button>
      </form>
      <p className="quiet">
        <a href="/sign-in">Start again</a>
      </p>
    </main>
  );
}

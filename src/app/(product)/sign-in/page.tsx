import type { Metadata } from "next";
import { localPath } from "#server/auth/local-path.ts";
import { Message } from "#ui/message.tsx";
import { findAttempt, findEmail, type Query, textOf } from "../visitor-pages.ts";

export const metadata: Metadata = { title: "Sign in" };

const changed: Record<string, string> = {
  password: "Your password is set. Sign in with it.",
  email: "Your address is confirmed. Sign in with it.",
};

export default async function SignInPage({ searchParams }: { searchParams: Query }) {
  const [{ problem }, email] = [await findAttempt(searchParams), await findEmail()];
  const done = changed[await textOf(searchParams, "changed")];
  return (
    <main className="narrow">
      <h1>Sign in</h1>
      {problem && (
        <p className="message error" role="alert" id="problem">
          {problem}
        </p>
      )}
      {done && !problem && <Message tone="success">{done}</Message>}
      <form method="post" action="/sign-in/submit">
        <input type="hidden" name="next" value={localPath(await textOf(searchParams, "next"), { within: "/", fallback: "/" })} />
        <div className="field">
          <label htmlFor="email">E-mail</label>
          <input
            id="email"
            name="email"
            type="email"
            autoComplete="username"
            required
            maxLength={254}
            defaultValue={problem || done ? email : undefined}
            aria-describedby={problem ? "problem" : undefined}
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
      <p className="quiet">
        <a href="/forgot-password">Forgot your password?</a> · <a href="/sign-up">Sign up</a>
      </p>
    </main>
  );
}

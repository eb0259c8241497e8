import type { Metadata } from "next";
import { localPath } from "#server/auth/local-path.ts";

export const metadata: Metadata = { title: "Staff sign-in" };

type Props = { searchParams: Promise<{ error?: string; fresh?: string; next?: string }> };

export default async function StaffSignInPage({ searchParams }: Props) {
  const { error, fresh, next } = await searchParams;
  return (
    <main className="narrow">
      <h1>Staff sign-in</h1>
      {error && (
        <p className="message error" role="alert">
          {error === "unavailable"
            ? "The identity provider cannot be reached. Try again in a moment."
            : "The sign-in did not work. Try again in a moment."}
        </p>
      )}
      {fresh === "1" && <p>What you are about to do needs a fresh sign-in: the identity provider asks you again who you are.</p>}
      <form method="post" action="/admin/sign-in/start">
        <input type="hidden" name="next" value={localPath(next, { within: "/admin", fallback: "/admin" })} />
        {fresh === "1" && <input type="hidden" name="fresh" value="1" />}
        <button className="primary" type="submit">
          Sign in with the company’s identity provider
        </button>
      </form>
    </main>
  );
}

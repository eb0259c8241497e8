import type { Metadata } from "next";

export const metadata: Metadata = { title: "Sign-in refused" };

const reasons: Record<string, string> = {
  group: "The identity provider knows you, but you are not in the group countersign-staff. Ask your administrator to add you.",
  mfa: "You signed in without a second factor. Set one up at the identity provider, then sign in with it.",
};

type Props = { searchParams: Promise<{ reason?: string }> };

export default async function SignInRefusedPage({ searchParams }: Props) {
  const { reason = "" } = await searchParams;
  return (
    <main className="narrow">
      <h1>Sign-in refused</h1>
      <p className="message error" role="alert">
        {reasons[reason] ?? "You may not sign in here."}
      </p>
      <p>
        <a href="/admin/sign-in?fresh=1">Sign in as somebody else</a>
      </p>
    </main>
  );
}

import { TextField } from "../field.tsx";

type Props = {
  id: string;
  risk: "routine" | "risky" | "critical";
  phrase: string | null;
  title: string;
  signedInAgo: number;
  error: string | undefined;
};

export const fiveMinutes = 5 * 60_000;

/** The last step: a button; above routine also what the target is called; critical also a fresh sign-in. */
export function ProposalConfirmation({ id, risk, phrase, title, signedInAgo, error }: Props) {
  if (risk === "critical" && signedInAgo >= fiveMinutes) return <FreshSignIn id={id} />;
  return (
    <form method="post" action={`/admin/proposals/${id}/confirm`}>
      {phrase !== null && (
        <TextField
          label={phrase.includes("•••") ? `Type the whole address of ${phrase} to confirm` : `Type ${phrase} to confirm`}
          help={phrase.includes("•••") ? "As the customer gave it to you, or reveal it on the person's page." : undefined}
          name="confirmation"
          required
          maxLength={300}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          error={error}
        />
      )}
      <button className={risk === "critical" ? "danger" : "primary"} type="submit">
        {title}
      </button>
      {risk === "critical" && <p className="help">You signed in within the last five minutes, as this needs.</p>}
    </form>
  );
}

export function FreshSignIn({ id, why = "This is critical: it" }: { id: string; why?: string }) {
  return (
    <>
      <p>{why} needs a sign-in of the last five minutes. You come back here afterwards; nothing is lost.</p>
      <p>
        <a className="button primary" href={`/admin/sign-in?fresh=1&next=/admin/proposals/${id}`}>
          Sign in again
        </a>
      </p>
    </>
  );
}

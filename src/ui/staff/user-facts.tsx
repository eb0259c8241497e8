import { plural } from "#lib/text.ts";
import { Facts } from "../facts.tsx";
import { Id } from "../id.tsx";
import { Time } from "../time.tsx";
import { LockState } from "./lock-state.tsx";

type User = {
  id: string;
  email: string;
  /** Whether personal data is shown in part only. */
  hidden: boolean;
  createdAt: Date;
  lastSeenAt: Date | null;
  emailVerifiedAt: Date | null;
  passwordChangedAt: Date | null;
  totpEnabledAt: Date | null;
  recoveryCodesLeft: number;
  throttle: { failures: number; blockedUntil: Date | null } | null;
  lockout: { until: Date } | null;
};

export function UserFacts(user: User) {
  const { id, email, hidden, createdAt, lastSeenAt, emailVerifiedAt, passwordChangedAt, totpEnabledAt, recoveryCodesLeft, throttle } = user;
  return (
    <Facts
      facts={{
        "E-mail": hidden ? (
          <>
            {email} <a href={`/admin/operations/user.revealPersonalData?targetId=${id}`}>Reveal</a>
          </>
        ) : (
          email
        ),
        "E-mail confirmed": <Time value={emailVerifiedAt} none="not yet" />,
        "Sign-in": <LockState until={user.lockout?.until ?? null} />,
        "Failed tries": throttle ? plural(throttle.failures, "failed try", "failed tries") : "none",
        "Next try": throttle?.blockedUntil && throttle.blockedUntil > new Date() ? <Time value={throttle.blockedUntil} /> : null,
        "Last seen": <Time value={lastSeenAt} />,
        Password: <Time value={passwordChangedAt} none="not set yet" />,
        "Second factor": <Time value={totpEnabledAt} none="off" />,
        "Recovery codes": totpEnabledAt ? plural(recoveryCodesLeft, "unused code") : null,
        Created: <Time value={createdAt} />,
        Id: <Id>{id}</Id>,
      }}
    />
  );
}

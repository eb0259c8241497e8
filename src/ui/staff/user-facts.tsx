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
  failedSignIns: number;
  passwordChangedAt: Date | null;
  lockout: { until: Date } | null;
};

export function UserFacts({ id, email, hidden, createdAt, lastSeenAt, failedSignIns, passwordChangedAt, lockout }: User) {
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
        "Sign-in": <LockState until={lockout?.until ?? null} />,
        "Failed tries": failedSignIns === 0 ? "none" : plural(failedSignIns, "time"),
        "Last seen": <Time value={lastSeenAt} />,
        Password: <Time value={passwordChangedAt} none="not set yet" />,
        Created: <Time value={createdAt} />,
        Id: <Id>{id}</Id>,
      }}
    />
  );
}

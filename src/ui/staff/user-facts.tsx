import { plural } from "#lib/text.ts";
import { Facts } from "../facts.tsx";
import { Id } from "../id.tsx";
import { Time } from "../time.tsx";
import { LockState } from "./lock-state.tsx";

type User = {
  id: string;
  email: string;
  createdAt: Date;
  lastSeenAt: Date | null;
  failedSignIns: number;
  passwordChangedAt: Date | null;
  lockout: { until: Date } | null;
};

export function UserFacts({ id, email, createdAt, lastSeenAt, failedSignIns, passwordChangedAt, lockout }: User) {
  return (
    <Facts
      facts={{
        "E-mail": email,
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

import { formatDay } from "#lib/format-time.ts";
import { formatMoney } from "#lib/money.ts";
import { plural } from "#lib/text.ts";
import { EmptyState } from "../empty-state.tsx";
import { Facts } from "../facts.tsx";
import { Time } from "../time.tsx";

type Status = "trialing" | "active" | "pastDue" | "canceled";
type Props = {
  subscription: {
    status: Status;
    trialEndsAt: Date | null;
    currentPeriodEndsAt: Date | null;
    plan: { name: string; historyDays: number };
  } | null;
  seats: string;
  next: { amountDue: number; currency: string; issuedAt: Date } | null;
};

const words: Record<Status, string> = { trialing: "in trial", active: "active", pastDue: "payment overdue", canceled: "canceled" };

/** What the organization pays for, and when it is billed next. */
export function PlanFacts({ subscription, seats, next }: Props) {
  if (!subscription) return <EmptyState>There is no subscription. Ask support for one.</EmptyState>;
  const { status, trialEndsAt, currentPeriodEndsAt, plan } = subscription;
  return (
    <Facts
      facts={{
        Plan: `${plan.name}, ${words[status]}`,
        Seats: seats,
        History: plural(plan.historyDays, "day"),
        "Trial ends": status === "trialing" ? <Time value={trialEndsAt} /> : null,
        "Period ends": currentPeriodEndsAt && <Time value={currentPeriodEndsAt} />,
        "Next invoice": next ? `${formatMoney(next.amountDue, next.currency)} on ${formatDay(next.issuedAt)}` : "none is planned",
      }}
    />
  );
}

import { formatDay } from "#lib/format-time.ts";
import { plural } from "#lib/text.ts";
import { describeCredit, describeNextInvoice, describePaymentMethod, type NextInvoice, type PaymentMethod } from "../billing-facts.tsx";
import { EmptyState } from "../empty-state.tsx";
import { Facts } from "../facts.tsx";
import { Time } from "../time.tsx";

type Status = "trialing" | "active" | "pastDue" | "canceled";
type Props = {
  subscription: {
    status: Status;
    trialEndsAt: Date | null;
    currentPeriodEndsAt: Date | null;
    currency: string;
    cancelAt: Date | null;
    discountCode: string | null;
    discountPercent: number | null;
    historyDays: number;
    plan: { name: string };
  } | null;
  seats: string;
  next: NextInvoice | null;
  paymentMethod: PaymentMethod | null;
  creditBalance: number;
};

const words: Record<Status, string> = { trialing: "in trial", active: "active", pastDue: "payment overdue", canceled: "canceled" };

/** What the organization pays for, and when it is billed next. */
export function PlanFacts({ subscription, seats, next, paymentMethod, creditBalance }: Props) {
  if (!subscription) return <EmptyState>There is no subscription. Ask support for one.</EmptyState>;
  const { status, trialEndsAt, currentPeriodEndsAt, plan, cancelAt, discountCode, historyDays } = subscription;
  return (
    <Facts
      facts={{
        Plan: `${plan.name}, ${words[status]}`,
        Seats: seats,
        History: plural(historyDays, "day"),
        "Trial ends": status === "trialing" ? <Time value={trialEndsAt} /> : null,
        "Period ends": currentPeriodEndsAt && <Time value={currentPeriodEndsAt} />,
        Ends: cancelAt && status !== "canceled" ? <strong>on {formatDay(cancelAt)}, because it was cancelled</strong> : null,
        Discount: discountCode && `${discountCode}: ${subscription.discountPercent} % off`,
        "Next invoice": describeNextInvoice(next),
        "Payment method": describePaymentMethod(paymentMethod),
        Credit: describeCredit(creditBalance, subscription.currency),
      }}
    />
  );
}

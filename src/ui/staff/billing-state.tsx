import { formatDay } from "#lib/format-time.ts";
import { plural } from "#lib/text.ts";
import type { BillingState as State } from "#router/staff/billing-state.ts";
import { Badge } from "../badge.tsx";
import { describeNextInvoice } from "../billing-facts.tsx";
import { Facts } from "../facts.tsx";
import { Message } from "../message.tsx";
import { UsageTable } from "../usage-table.tsx";
import { Dunning } from "./dunning.tsx";
import { statusWords } from "./organization-status.tsx";

/** How a customer stands: plan, seats, what comes next, what stands out, and what it uses. */
export function BillingState({ state }: { state: State }) {
  const { subscription, seats, overage, usage, next, overdue, dunning, openCalls, differences } = state;
  return (
    <>
      {overage && <Message tone="notice">{overage}</Message>}
      <Facts
        facts={{
          Plan: subscription ? `${subscription.plan.name}, ${statusWords[subscription.status].toLowerCase()}` : "none",
          Ends: subscription && describeEnd(subscription),
          Discount: subscription?.discountCode ? `${subscription.discountCode}, ${subscription.discountPercent} % off` : null,
          Seats: seats,
          "Next invoice": describeNextInvoice(next),
          Overdue: overdue > 0 ? <strong>{plural(overdue, "invoice")}</strong> : "nothing",
          "Failed payments": dunning.length > 0 ? <Dunning invoices={dunning} /> : "none",
          "At Stripe": <AtStripe differences={differences} openCalls={openCalls} />,
        }}
      />
      <UsageTable usage={usage} />
    </>
  );
}

function describeEnd({ cancelAt, canceledAt, status }: NonNullable<State["subscription"]>) {
  if (status === "canceled") return canceledAt ? `ended on ${formatDay(canceledAt)}` : "has ended";
  return cancelAt && <strong>on {formatDay(cancelAt)}, cancelled</strong>;
}

function AtStripe({ differences, openCalls }: Pick<State, "differences" | "openCalls">) {
  if (differences === null) return "not a customer there yet";
  return (
    <>
      {differences === 0 ? <Badge tone="ok">the same</Badge> : <Badge tone="bad">differs in {plural(differences, "field")}</Badge>}{" "}
      {openCalls > 0 && <Badge tone="warn">{plural(openCalls, "thing")} to do or refused</Badge>}
    </>
  );
}

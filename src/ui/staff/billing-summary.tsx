import { formatDay } from "#lib/format-time.ts";
import { plural } from "#lib/text.ts";
import type { ShownBilling } from "#router/staff/billing.ts";
import { Badge } from "../badge.tsx";
import { describeCredit, describeNextInvoice, describePaymentMethod } from "../billing-facts.tsx";
import { Facts } from "../facts.tsx";
import { InvoiceTable } from "../invoice-table.tsx";
import { Message } from "../message.tsx";
import { UsageTable } from "../usage-table.tsx";
import { DriftTable } from "./drift-table.tsx";
import { Dunning } from "./dunning.tsx";
import { LedgerTable } from "./ledger-table.tsx";
import { statusWords } from "./organization-status.tsx";
import { StripeCallList } from "./stripe-call-list.tsx";

/** What a customer uses and pays, what was given to it, and what Stripe has still to do. */
export function BillingSummary({ organizationId, billing }: { organizationId: string; billing: ShownBilling }) {
  const { subscription, seats, overage, usage, issued, next, overdue, dunning, paymentMethod, creditBalance, ledgerEntries, calls, drift } =
    billing;
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
          "Payment method": describePaymentMethod(paymentMethod),
          Credit: describeCredit(creditBalance, subscription?.currency),
          "At Stripe": billing.stripeCustomerId ? <Compared differs={drift.length} /> : "not a customer there yet",
        }}
      />
      {drift.length > 0 && <DriftTable drift={drift} />}
      {calls.length > 0 && <StripeCallList calls={calls} />}
      <UsageTable usage={usage} />
      <InvoiceTable invoices={issued} path="/admin/invoices" />
      {issued.length > 0 && (
        <p>
          <a href={`/admin/invoices?organization=${organizationId}`}>All its invoices</a>
        </p>
      )}
      {ledgerEntries.length > 0 && (
        <>
          <h3>Refunds and credits</h3>
          <LedgerTable entries={ledgerEntries} />
        </>
      )}
    </>
  );
}

function describeEnd({ cancelAt, canceledAt, status }: NonNullable<ShownBilling["subscription"]>) {
  if (status === "canceled") return canceledAt ? `ended on ${formatDay(canceledAt)}` : "has ended";
  return cancelAt && <strong>on {formatDay(cancelAt)}, cancelled</strong>;
}

function Compared({ differs }: { differs: number }) {
  return differs === 0 ? <Badge tone="ok">the same</Badge> : <Badge tone="bad">differs in {plural(differs, "field")}</Badge>;
}

import type { ShownBilling } from "#router/staff/billing.ts";
import { describeCredit, describePaymentMethod } from "../billing-facts.tsx";
import { EmptyState } from "../empty-state.tsx";
import { Facts } from "../facts.tsx";
import { InvoiceTable } from "../invoice-table.tsx";
import { DriftTable } from "./drift-table.tsx";
import { LedgerTable } from "./ledger-table.tsx";
import { StripeCallList } from "./stripe-call-list.tsx";

/** What a customer pays with, was billed and was given, and what Stripe has still to do or sees otherwise. */
export function BillingRecords({ organizationId, billing }: { organizationId: string; billing: ShownBilling }) {
  const { state, paymentMethod, creditBalance, drift, calls, issued, ledgerEntries } = billing;
  return (
    <>
      <Facts
        facts={{
          "Payment method": describePaymentMethod(paymentMethod),
          Credit: describeCredit(creditBalance, state.subscription?.currency),
        }}
      />
      {(drift.length > 0 || calls.length > 0) && <h2>At Stripe</h2>}
      {drift.length > 0 && <DriftTable drift={drift} />}
      {calls.length > 0 && <StripeCallList calls={calls} />}
      <h2>Invoices</h2>
      <InvoiceTable invoices={issued} path="/admin/invoices" />
      {issued.length > 0 && (
        <p>
          <a href={`/admin/invoices?organization=${organizationId}`}>All its invoices</a>
        </p>
      )}
      <h2>Refunds and credits</h2>
      {ledgerEntries.length > 0 ? <LedgerTable entries={ledgerEntries} /> : <EmptyState>Nothing was given so far.</EmptyState>}
    </>
  );
}

import { formatMoney } from "#lib/money.ts";
import { plural } from "#lib/text.ts";
import type { BillingState } from "#router/staff/billing-state.ts";
import { Time } from "../time.tsx";

/** What could not be collected so far, and when it is tried again. */
export function Dunning({ invoices }: { invoices: BillingState["dunning"] }) {
  return invoices.map(({ id, number, currency, amountDue, amountPaid, attempts, nextAttemptAt }) => (
    <div key={id}>
      <a href={`/admin/invoices/${id}`}>{number}</a>: {formatMoney(amountDue - amountPaid, currency)}, {plural(attempts, "attempt")},{" "}
      {nextAttemptAt ? (
        <>
          next <Time value={nextAttemptAt} />
        </>
      ) : (
        "no further one is planned"
      )}
    </div>
  ));
}

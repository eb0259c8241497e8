import type { ShownBilling } from "#router/staff/billing.ts";
import { Badge } from "../badge.tsx";
import { OperationLinks } from "../operation-links.tsx";

/** What Stripe still has to do, and what it refused: nothing of it is lost. */
export function StripeCallList({ calls }: { calls: ShownBilling["calls"] }) {
  return (
    <ul>
      {calls.map(({ id, title, state, failure, eventId, operations }) => (
        <li key={id}>
          Stripe: <a href={`/admin/audit/${eventId}`}>{title}</a> <Badge tone={state.tone}>{state.words}</Badge> {failure}
          {operations.length > 0 && <OperationLinks operations={operations} targetId={id} />}
        </li>
      ))}
    </ul>
  );
}

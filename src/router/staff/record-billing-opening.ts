import type { SignedInContext } from "#server/actor.ts";
import { recordEvent } from "#server/db.ts";

/** Billing records are the customer's: whoever of the staff looks at them leaves a trace, each time. */
export async function recordBillingOpening(context: SignedInContext, { id, name }: { id: string; name: string }): Promise<void> {
  await recordEvent({
    context,
    operation: "billing.open",
    outcome: "succeeded",
    summary: `Open the billing of ${name}`,
    target: { type: "Organization", id, label: name },
    organizationId: id,
  });
}

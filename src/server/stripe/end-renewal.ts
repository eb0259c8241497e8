import { periodEnd } from "#domain/cancellation.ts";
import { formatDay } from "#lib/format-time.ts";
import type { RunArguments } from "../operation.ts";
import type { TargetRow, TargetType } from "../targets.ts";
import { callStripe } from "./call-stripe.ts";

type Run = Pick<RunArguments<TargetType, unknown>, "db" | "effect" | "eventId">;
type Organization = Pick<TargetRow<"Organization">, "id" | "subscription">;

/** When a subscription that the payment provider would renew ends instead; "now" where no period runs; null where it does not renew. */
export function renewalEnd({ subscription }: Pick<Organization, "subscription">): Date | "now" | null {
  if (!subscription?.stripeSubscriptionId || subscription.status === "canceled" || subscription.cancelAt) return null;
  const end = periodEnd(subscription);
  return end && end > new Date() ? end : "now";
}

/** "Its subscription is not renewed: it ends on 12 Mar 2027."; nothing where it is not renewed anyway. */
export function describeRenewalEnd(organization: Pick<Organization, "subscription">): string[] {
  const end = renewalEnd(organization);
  if (!end) return [];
  return [
    end === "now" ? "Its subscription ends at once, at Stripe too." : `Its subscription is not renewed: it ends on ${formatDay(end)}.`,
  ];
}

/** Has the subscription end with what is paid for, here and at the payment provider, where that would renew it. */
export async function endRenewal(run: Run, organization: Organization): Promise<void> {
  const end = renewalEnd(organization);
  const { subscription } = organization;
  if (!end || !subscription?.stripeSubscriptionId) return;
  const data = end === "now" ? { status: "canceled" as const, canceledAt: new Date() } : { cancelAt: end };
  await run.db.subscription.update({ where: { id: subscription.id }, data, select: { id: true } });
  await callStripe(run, {
    kind: "cancel",
    organizationId: organization.id,
    objectId: subscription.id,
    parameters: { subscription: subscription.stripeSubscriptionId, when: end === "now" ? "now" : "periodEnd" },
    words: end === "now" ? "Stripe: cancel the subscription at once" : "Stripe: cancel the subscription at the end of what is paid for",
  });
}

import type { StripeCallKind } from "./stripe-calls.ts";

const words: Record<StripeCallKind, string> = {
  createCustomer: "create the customer",
  createSubscription: "subscription",
  refund: "refund",
  credit: "credit",
  oneOffInvoice: "one-off invoice",
  changePlan: "change of plan",
  setSeats: "change of seats",
  extendTrial: "longer trial",
  cancel: "cancellation",
  reactivate: "reactivation",
  applyDiscount: "discount",
  payInvoice: "payment of an invoice",
};

/** What a call to the payment provider is about, for people. */
export function describeCallKind(kind: string): string {
  return words[kind as StripeCallKind] ?? kind;
}

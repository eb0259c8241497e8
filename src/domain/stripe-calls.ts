/** What the payment provider is asked to do, and with what. Amounts are in minor units, times in ISO 8601. */
export type StripeCalls = {
  /** Its owner's address is looked up when it is carried out. */
  createCustomer: { name: string };
  createSubscription: {
    customer: string;
    planId: string;
    seats: number;
    currency: string;
    trialEndsAt: string | null;
    discountCode?: string | null;
  };
  refund: { paymentIntent: string; amount: number };
  credit: { customer: string; amount: number; currency: string; description: string };
  oneOffInvoice: { customer: string; amount: number; currency: string; description: string };
  changePlan: { subscription: string; planId: string; seats: number; currency: string; prorate: boolean };
  setSeats: { subscription: string; seats: number };
  extendTrial: { subscription: string; trialEndsAt: string };
  /** At the end of what is paid for, or at once. */
  cancel: { subscription: string; when: "now" | "periodEnd" };
  /** Calls off a cancellation; what has ended already begins anew. */
  reactivate: { subscription: string; discountCode?: string | null };
  applyDiscount: { subscription: string; code: string };
  payInvoice: { invoice: string };
};

export type StripeCallKind = keyof StripeCalls;

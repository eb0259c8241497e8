export const user = { select: { id: true, email: true, name: true } } as const;
export const organization = { select: { id: true, name: true, slug: true } } as const;
/** Of a subscription, what operations on its organization and the pages about it ask for. */
export const subscriptionColumns = {
  id: true,
  planId: true,
  status: true,
  seats: true,
  currency: true,
  trialEndsAt: true,
  currentPeriodEndsAt: true,
  stripeSubscriptionId: true,
  cancelAt: true,
  discountCode: true,
  discountPercent: true,
} as const;

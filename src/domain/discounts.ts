/** The discount codes there are, and how many percent each takes off every invoice. The payment provider knows them by the same codes. */
export const discounts = {
  WELCOME10: 10,
  LOYAL20: 20,
  NONPROFIT40: 40,
  PARTNER50: 50,
} as const satisfies Record<string, number>;

export type DiscountCode = keyof typeof discounts;
export const discountCodes = Object.keys(discounts) as [DiscountCode, ...DiscountCode[]];
/** Above it a second person has to agree. */
export const mostPercentAlone = 25;

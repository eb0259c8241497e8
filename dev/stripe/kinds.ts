import type Stripe from "stripe";

/** What the stand-in keeps, by the name that each object says of itself. */
export type Kinds = {
  customer: Stripe.Customer;
  customer_balance_transaction: Stripe.CustomerBalanceTransaction;
  payment_method: Stripe.PaymentMethod;
  product: Stripe.Product;
  price: Stripe.Price;
  coupon: Stripe.Coupon;
  promotion_code: Stripe.PromotionCode;
  discount: Stripe.Discount;
  subscription: Stripe.Subscription;
  invoice: Stripe.Invoice;
  invoiceitem: Stripe.InvoiceItem;
  payment_intent: Stripe.PaymentIntent;
  charge: Stripe.Charge;
  refund: Stripe.Refund;
  event: Stripe.Event;
  "test_helpers.test_clock": Stripe.TestHelpers.TestClock;
};
export type Kind = keyof Kinds;
export type StripeObject = Kinds[Kind];

export const kinds = [
  "customer",
  "customer_balance_transaction",
  "payment_method",
  "product",
  "price",
  "coupon",
  "promotion_code",
  "discount",
  "subscription",
  "invoice",
  "invoiceitem",
  "payment_intent",
  "charge",
  "refund",
  "event",
  "test_helpers.test_clock",
] as const satisfies readonly Kind[];

export const prefixes: Record<Kind, string> = {
  customer: "cus",
  customer_balance_transaction: "cbtxn",
  payment_method: "pm",
  product: "prod",
  price: "price",
  coupon: "co",
  promotion_code: "promo",
  discount: "di",
  subscription: "sub",
  invoice: "in",
  invoiceitem: "ii",
  payment_intent: "pi",
  charge: "ch",
  refund: "re",
  event: "evt",
  "test_helpers.test_clock": "clock",
};

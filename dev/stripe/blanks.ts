import Stripe from "stripe";
import { listOf } from "./blank-invoice.ts";
import { newId } from "./store.ts";

type Given<Object, Required extends keyof Object> = Pick<Object, Required> & Partial<Object>;

export function blankCustomer(given: Given<Stripe.Customer, "created">): Stripe.Customer {
  return {
    id: newId("customer"),
    object: "customer",
    address: null,
    balance: 0,
    currency: null,
    default_source: null,
    delinquent: false,
    description: null,
    email: null,
    invoice_prefix: null,
    invoice_settings: { custom_fields: null, default_payment_method: null, footer: null, rendering_options: null },
    livemode: false,
    metadata: {},
    name: null,
    next_invoice_sequence: 1,
    phone: null,
    preferred_locales: [],
    shipping: null,
    tax_exempt: "none",
    test_clock: null,
    ...given,
  };
}

const nobody = { address: null, email: null, name: null, phone: null, tax_id: null };

type Card = { brand: string; last4: string; exp_month: number; exp_year: number };

export function blankPaymentMethod({
  card,
  ...given
}: Given<Omit<Stripe.PaymentMethod, "card">, "created"> & { card: Card }): Stripe.PaymentMethod {
  return {
    id: newId("payment_method"),
    object: "payment_method",
    billing_details: nobody,
    customer: null,
    customer_account: null,
    livemode: false,
    metadata: {},
    type: "card",
    ...given,
    card: {
      checks: null,
      country: "DE",
      display_brand: card.brand,
      fingerprint: null,
      funding: "credit",
      generated_from: null,
      networks: null,
      regulated_status: null,
      three_d_secure_usage: null,
      wallet: null,
      ...card,
    },
  };
}

export function blankPrice(
  given: Given<Stripe.Price, "id" | "created" | "currency" | "unit_amount" | "lookup_key" | "product" | "recurring">,
): Stripe.Price {
  return {
    object: "price",
    active: true,
    billing_scheme: "per_unit",
    custom_unit_amount: null,
    livemode: false,
    metadata: {},
    nickname: null,
    tax_behavior: "unspecified",
    tiers_mode: null,
    transform_quantity: null,
    type: "recurring",
    unit_amount_decimal: given.unit_amount === null ? null : Stripe.Decimal.from(given.unit_amount),
    ...given,
  };
}

export function blankProduct(given: Given<Stripe.Product, "id" | "created" | "name">): Stripe.Product {
  return {
    object: "product",
    active: true,
    default_price: null,
    description: null,
    images: [],
    livemode: false,
    marketing_features: [],
    metadata: {},
    package_dimensions: null,
    shippable: null,
    tax_code: null,
    tax_details: null,
    type: "service",
    updated: given.created,
    url: null,
    ...given,
  };
}

export function blankSubscriptionItem(
  given: Given<Stripe.SubscriptionItem, "created" | "current_period_start" | "current_period_end" | "price" | "quantity" | "subscription">,
): Stripe.SubscriptionItem {
  const { price } = given;
  return {
    id: newId("si"),
    object: "subscription_item",
    billing_thresholds: null,
    current_trial: null,
    discounts: [],
    metadata: {},
    plan: {
      id: price.id,
      object: "plan",
      active: price.active,
      amount: price.unit_amount,
      amount_decimal: price.unit_amount_decimal,
      billing_scheme: "per_unit",
      created: price.created,
      currency: price.currency,
      interval: price.recurring?.interval ?? "month",
      interval_count: price.recurring?.interval_count ?? 1,
      livemode: false,
      metadata: price.metadata,
      meter: null,
      nickname: null,
      product: price.product,
      tiers_mode: null,
      transform_usage: null,
      trial_period_days: null,
      usage_type: "licensed",
    },
    tax_rates: [],
    ...given,
  };
}

export function blankSubscription(
  given: Given<Stripe.Subscription, "id" | "created" | "currency" | "customer" | "status">,
): Stripe.Subscription {
  return {
    object: "subscription",
    application: null,
    application_fee_percent: null,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null },
    billing_cycle_anchor: given.created,
    billing_cycle_anchor_config: null,
    billing_mode: { flexible: null, type: "classic" },
    billing_schedules: [],
    billing_thresholds: null,
    cancel_at: null,
    cancel_at_period_end: false,
    canceled_at: null,
    cancellation_details: { comment: null, feedback: null, feedback_option: null, reason: null },
    collection_method: "charge_automatically",
    customer_account: null,
    days_until_due: null,
    default_payment_method: null,
    default_source: null,
    default_tax_rates: [],
    description: null,
    discounts: [],
    ended_at: null,
    invoice_settings: { account_tax_ids: null, custom_fields: null, description: null, footer: null, issuer: { type: "self" } },
    items: listOf([], `/v1/subscription_items?subscription=${given.id}`),
    latest_invoice: null,
    livemode: false,
    managed_payments: null,
    metadata: {},
    next_pending_invoice_item_invoice: null,
    on_behalf_of: null,
    pause_collection: null,
    payment_settings: { payment_method_options: null, payment_method_types: null, save_default_payment_method: "off" },
    pending_invoice_item_interval: null,
    pending_setup_intent: null,
    pending_update: null,
    schedule: null,
    start_date: given.created,
    test_clock: null,
    transfer_data: null,
    trial_end: null,
    trial_settings: { end_behavior: { billing_cycle_anchor: "now", missing_payment_method: "create_invoice" } },
    trial_start: null,
    ...given,
  };
}

/** The next billing period after this moment. */
export function addInterval(
  from: number,
  { interval, interval_count }: Pick<Stripe.Price.Recurring, "interval" | "interval_count">,
): number {
  const date = new Date(from * 1_000);
  const days = { day: 1, week: 7 }[interval as string];
  if (days) return from + days * interval_count * 86_400;
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + (interval === "year" ? 12 : 1) * interval_count);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, last));
  return Math.floor(date.getTime() / 1_000);
}

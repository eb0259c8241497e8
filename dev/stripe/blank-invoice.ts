import Stripe from "stripe";
import { newId } from "./store.ts";

type Wanted = Pick<Stripe.Invoice, "customer" | "currency" | "created"> & Partial<Stripe.Invoice>;

/** A draft without lines. */
export function blankInvoice(given: Wanted): Stripe.Invoice {
  const id = given.id ?? newId("invoice");
  return {
    id,
    object: "invoice",
    account_country: "IE",
    account_name: "Countersign",
    account_tax_ids: null,
    amount_due: 0,
    amount_overpaid: 0,
    amount_paid: 0,
    amount_remaining: 0,
    amount_shipping: 0,
    application: null,
    attempt_count: 0,
    attempted: false,
    auto_advance: false,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null, provider: null, status: null },
    automatically_finalizes_at: null,
    billing_reason: "manual",
    collection_method: "charge_automatically",
    custom_fields: null,
    customer_account: null,
    customer_address: null,
    customer_email: null,
    customer_name: null,
    customer_phone: null,
    customer_shipping: null,
    customer_tax_exempt: "none",
    default_payment_method: null,
    default_source: null,
    default_tax_rates: [],
    description: null,
    discounts: [],
    due_date: null,
    effective_at: null,
    ending_balance: null,
    footer: null,
    from_invoice: null,
    hosted_invoice_url: null,
    invoice_pdf: null,
    issuer: { type: "self" },
    last_finalization_error: null,
    latest_revision: null,
    lines: listOf([], `/v1/invoices/${id}/lines`),
    livemode: false,
    metadata: {},
    next_payment_attempt: null,
    number: null,
    on_behalf_of: null,
    parent: null,
    payment_settings: { default_mandate: null, payment_method_options: null, payment_method_types: null },
    payments: listOf([], "/v1/invoice_payments"),
    period_end: given.created,
    period_start: given.created,
    post_payment_credit_notes_amount: 0,
    pre_payment_credit_notes_amount: 0,
    receipt_number: null,
    rendering: null,
    shipping_cost: null,
    shipping_details: null,
    starting_balance: 0,
    statement_descriptor: null,
    status: "draft",
    status_transitions: { finalized_at: null, marked_uncollectible_at: null, paid_at: null, voided_at: null },
    subtotal: 0,
    subtotal_excluding_tax: 0,
    test_clock: null,
    total: 0,
    total_discount_amounts: [],
    total_excluding_tax: 0,
    total_pretax_credit_amounts: [],
    total_taxes: [],
    webhooks_delivered_at: null,
    ...given,
  };
}

type Line = Pick<Stripe.InvoiceLineItem, "amount" | "currency" | "description" | "period"> & Partial<Stripe.InvoiceLineItem>;

export function blankLine(given: Line): Stripe.InvoiceLineItem {
  const quantity = given.quantity ?? 1;
  return {
    id: newId("il"),
    object: "line_item",
    discount_amounts: [],
    discountable: given.amount > 0,
    discounts: [],
    invoice: null,
    livemode: false,
    metadata: {},
    parent: null,
    pretax_credit_amounts: [],
    pricing: null,
    quantity,
    quantity_decimal: Stripe.Decimal.from(quantity),
    subscription: null,
    subtotal: given.amount,
    taxes: [],
    ...given,
  };
}

export function blankInvoicePayment(invoice: Stripe.Invoice, paymentIntent: Stripe.PaymentIntent, now: number): Stripe.InvoicePayment {
  const paid = paymentIntent.status === "succeeded";
  return {
    id: newId("inpay"),
    object: "invoice_payment",
    amount_paid: paid ? paymentIntent.amount : null,
    amount_requested: paymentIntent.amount,
    created: now,
    currency: invoice.currency,
    invoice: invoice.id,
    is_default: true,
    livemode: false,
    payment: { payment_intent: paymentIntent.id, type: "payment_intent" },
    status: paid ? "paid" : "open",
    status_transitions: { canceled_at: null, paid_at: paid ? now : null },
  };
}

export function listOf<Item>(data: Item[], url: string): Stripe.ApiList<Item> {
  return { object: "list", data, has_more: false, url };
}

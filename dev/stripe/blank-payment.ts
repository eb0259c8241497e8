import type Stripe from "stripe";
import { newId } from "./store.ts";

type Given<Object, Required extends keyof Object> = Pick<Object, Required> & Partial<Object>;

export function blankPaymentIntent(
  given: Given<Stripe.PaymentIntent, "created" | "amount" | "currency" | "customer" | "status">,
): Stripe.PaymentIntent {
  return {
    id: newId("payment_intent"),
    object: "payment_intent",
    allowed_payment_method_types: null,
    amount_capturable: 0,
    amount_received: given.status === "succeeded" ? given.amount : 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: "automatic",
    client_secret: null,
    confirmation_method: "automatic",
    customer_account: null,
    description: null,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    metadata: {},
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: ["card"],
    payment_record: null,
    processing: null,
    receipt_email: null,
    review: null,
    setup_future_usage: null,
    shipping: null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    transfer_data: null,
    transfer_group: null,
    ...given,
  };
}

export function blankCharge(
  given: Given<Stripe.Charge, "created" | "amount" | "currency" | "customer" | "payment_intent" | "status">,
): Stripe.Charge {
  const succeeded = given.status === "succeeded";
  return {
    id: newId("charge"),
    object: "charge",
    amount_captured: succeeded ? given.amount : 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: { address: null, email: null, name: null, phone: null, tax_id: null },
    calculated_statement_descriptor: "COUNTERSIGN",
    captured: succeeded,
    description: null,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: null,
    failure_message: null,
    fraud_details: {},
    livemode: false,
    metadata: {},
    on_behalf_of: null,
    outcome: null,
    paid: succeeded,
    payment_method: null,
    payment_method_details: null,
    receipt_email: null,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    transfer_data: null,
    transfer_group: null,
    ...given,
  };
}

export function blankRefund(
  given: Given<Stripe.Refund, "created" | "amount" | "currency" | "charge" | "payment_intent" | "customer">,
): Stripe.Refund {
  return {
    id: newId("refund"),
    object: "refund",
    balance_transaction: null,
    customer_account: null,
    metadata: {},
    payment_method: null,
    reason: null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: "succeeded",
    transfer_reversal: null,
    ...given,
  };
}

export function blankBalanceTransaction(
  given: Given<Stripe.CustomerBalanceTransaction, "created" | "amount" | "currency" | "customer" | "ending_balance" | "type">,
): Stripe.CustomerBalanceTransaction {
  return {
    id: newId("customer_balance_transaction"),
    object: "customer_balance_transaction",
    checkout_session: null,
    credit_note: null,
    customer_account: null,
    description: null,
    invoice: null,
    livemode: false,
    metadata: {},
    ...given,
  };
}

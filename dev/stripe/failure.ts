import type Stripe from "stripe";

type Details = { code?: string; param?: string; decline_code?: string; payment_intent?: Stripe.PaymentIntent };
type Type = "invalid_request_error" | "card_error" | "idempotency_error" | "api_error" | "rate_limit_error";

/** An answer that says no, in Stripe's form. */
export class Failure extends Error {
  readonly status: number;
  readonly body: { error: { type: Type; message: string } & Details };

  constructor(status: number, type: Type, message: string, details: Details = {}) {
    super(message);
    this.status = status;
    this.body = { error: { type, message, ...details } };
  }
}

export function invalid(message: string, details: Details = {}): Failure {
  return new Failure(400, "invalid_request_error", message, details);
}

const names: Record<string, string> = { invoiceitem: "invoiceitem", "test_helpers.test_clock": "test clock" };

export function missing(kind: string, id: string, param = "id"): Failure {
  const name = names[kind] ?? kind.replaceAll("_", " ");
  return new Failure(404, "invalid_request_error", `No such ${name}: '${id}'`, { code: "resource_missing", param });
}

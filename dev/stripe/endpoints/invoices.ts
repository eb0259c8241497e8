import type Stripe from "stripe";
import { z } from "zod";
import { lineOf, withLines } from "../bill.ts";
import { blankInvoice } from "../blank-invoice.ts";
import { collect, finalize, idOrNull, subscriptionIdOf } from "../collect.ts";
import { emit } from "../emit.ts";
import { endpoint, list, mergeMetadata, pageOf, retrieve } from "../endpoint.ts";
import { invalid } from "../failure.ts";
import { boolean, currency, integer, metadata, page, text } from "../form.ts";
import { blankInvoiceItem } from "../prorate.ts";
import type { Draft } from "../store.ts";

export const invoiceEndpoints = [
  endpoint(
    "POST /v1/invoices",
    {
      customer: text,
      currency: currency.optional(),
      description: text.optional(),
      auto_advance: boolean.default(false),
      collection_method: z.enum(["charge_automatically", "send_invoice"]).default("charge_automatically"),
      days_until_due: integer.optional(),
      pending_invoice_items_behavior: z.enum(["include", "exclude"]).default("exclude"),
      metadata: metadata.optional(),
    },
    (draft, given) => {
      const customer = draft.get("customer", given.customer, "customer");
      const blank = blankInvoice({
        customer: customer.id,
        currency: given.currency ?? customer.currency ?? "eur",
        created: draft.now,
        auto_advance: given.auto_advance,
        collection_method: given.collection_method,
        due_date: given.days_until_due === undefined ? null : draft.now + given.days_until_due * 86_400,
        description: given.description ?? null,
        metadata: mergeMetadata(null, given.metadata),
      });
      const pending = given.pending_invoice_items_behavior === "include" ? waiting(draft, customer.id) : [];
      for (const one of pending) draft.put({ ...one, invoice: blank.id });
      const invoice = draft.put(withLines(draft, blank, pending.map(lineOf)));
      emit(draft, "invoice.created", invoice);
      return invoice;
    },
  ),
  retrieve("invoice", "/v1/invoices"),
  list(
    "invoice",
    "/v1/invoices",
    { customer: text.optional(), subscription: text.optional(), status: text.optional() },
    (invoice, given) =>
      (given.customer === undefined || idOrNull(invoice.customer) === given.customer) &&
      (given.subscription === undefined || subscriptionIdOf(invoice) === given.subscription) &&
      (given.status === undefined || invoice.status === given.status),
  ),
  endpoint("GET /v1/invoices/:id/lines", page, (draft, given, [id = ""]) =>
    pageOf(draft.get("invoice", id).lines.data, given as never, `/v1/invoices/${id}/lines`),
  ),
  endpoint("POST /v1/invoices/:id/finalize", { auto_advance: boolean.optional() }, (draft, { auto_advance }, [id = ""]) => {
    const before = draft.get("invoice", id);
    const invoice = finalize(draft, { ...before, auto_advance: auto_advance ?? before.auto_advance ?? false });
    const collects = invoice.status === "open" && invoice.auto_advance && invoice.collection_method === "charge_automatically";
    return collects ? collect(draft, invoice).invoice : invoice;
  }),
  endpoint(
    "POST /v1/invoices/:id/pay",
    { payment_method: text.optional(), paid_out_of_band: boolean.optional() },
    (draft, given, [id = ""]) => {
      const before = draft.get("invoice", id);
      const invoice = before.status === "draft" ? finalize(draft, before) : before;
      if (before.status === "paid") throw invalid("Invoice is already paid", { code: "invoice_already_paid" });
      if (invoice.status === "paid") return invoice;
      if (invoice.status !== "open") throw invalid(`Invoice is ${invoice.status} and cannot be paid.`);
      const { invoice: after, declined } = collect(draft, invoice, given.payment_method);
      if (declined) throw declined;
      return after;
    },
  ),
  endpoint("POST /v1/invoices/:id/void", {}, (draft, _given, [id = ""]) => {
    const before = draft.get("invoice", id);
    if (before.status !== "open") throw invalid(`You can only void an open invoice: this one is ${before.status}.`);
    const transitions = { ...before.status_transitions, voided_at: draft.now };
    const invoice = draft.put<Stripe.Invoice>({ ...before, status: "void", next_payment_attempt: null, status_transitions: transitions });
    emit(draft, "invoice.voided", invoice);
    return invoice;
  }),
  endpoint(
    "POST /v1/invoiceitems",
    {
      customer: text,
      invoice: text.optional(),
      subscription: text.optional(),
      amount: integer,
      currency,
      description: text.optional(),
      metadata: metadata.optional(),
    },
    (draft, given) => {
      draft.get("customer", given.customer, "customer");
      const invoice = given.invoice ? draft.get("invoice", given.invoice, "invoice") : null;
      if (invoice && invoice.status !== "draft") throw invalid("This invoice is no longer editable", { code: "invoice_not_editable" });
      if (invoice && invoice.currency !== given.currency)
        throw invalid(`The currency of the invoice item (${given.currency}) is not the invoice's (${invoice.currency}).`, {
          param: "currency",
        });
      const item = draft.put(
        blankInvoiceItem({
          amount: given.amount,
          currency: given.currency,
          customer: given.customer,
          date: draft.now,
          description: given.description ?? null,
          invoice: invoice?.id ?? null,
          metadata: mergeMetadata(null, given.metadata),
          parent: given.subscription ? { type: "subscription_details", subscription_details: { subscription: given.subscription } } : null,
        }),
      );
      emit(draft, "invoiceitem.created", item);
      if (invoice) draft.put(withLines(draft, invoice, [...invoice.lines.data, lineOf(item)]));
      return item;
    },
  ),
  retrieve("invoiceitem", "/v1/invoiceitems"),
  list(
    "invoiceitem",
    "/v1/invoiceitems",
    { customer: text.optional() },
    ({ customer }, given) => given.customer === undefined || idOrNull(customer) === given.customer,
  ),
];

function waiting(draft: Draft, customer: string): Stripe.InvoiceItem[] {
  return draft.all("invoiceitem").filter((item) => item.invoice === null && item.parent === null && idOrNull(item.customer) === customer);
}

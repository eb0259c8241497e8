import { z } from "zod";
import { blankBalanceTransaction } from "../blank-payment.ts";
import { blankCustomer } from "../blanks.ts";
import { idOf } from "../collect.ts";
import { emit } from "../emit.ts";
import { endpoint, list, mergeMetadata, pageOf, retrieve } from "../endpoint.ts";
import { invalid } from "../failure.ts";
import { currency, integer, metadata, page, text } from "../form.ts";

const settable = {
  name: text.optional(),
  email: text.optional(),
  description: text.optional(),
  phone: text.optional(),
  metadata: metadata.optional(),
  invoice_settings: z.strictObject({ default_payment_method: text.optional() }).optional(),
};

export const customerEndpoints = [
  endpoint("POST /v1/customers", { ...settable, test_clock: text.optional(), payment_method: text.optional() }, (draft, given) => {
    const { metadata: marks, invoice_settings, payment_method, test_clock, ...rest } = given;
    if (test_clock) draft.get("test_helpers.test_clock", test_clock, "test_clock");
    const blank = blankCustomer({
      created: draft.now,
      ...withoutUndefined(rest),
      metadata: mergeMetadata(null, marks),
      test_clock: test_clock ?? null,
    });
    const method = payment_method ? draft.get("payment_method", payment_method, "payment_method") : null;
    if (method) draft.put({ ...method, customer: blank.id });
    const chosen = invoice_settings?.default_payment_method ?? null;
    const customer = draft.put({ ...blank, invoice_settings: { ...blank.invoice_settings, default_payment_method: chosen } });
    emit(draft, "customer.created", customer);
    return customer;
  }),
  endpoint("POST /v1/customers/:id", settable, (draft, { metadata: marks, invoice_settings, ...rest }, [id = ""]) => {
    const before = draft.get("customer", id);
    const chosen = invoice_settings?.default_payment_method;
    if (chosen && idOf(draft.get("payment_method", chosen, "invoice_settings[default_payment_method]").customer) !== id)
      throw invalid("The payment method must be attached to this customer.", { param: "invoice_settings[default_payment_method]" });
    const customer = draft.put({
      ...before,
      ...withoutUndefined(rest),
      metadata: mergeMetadata(before.metadata, marks),
      invoice_settings: { ...before.invoice_settings, ...(chosen !== undefined && { default_payment_method: chosen || null }) },
    });
    emit(draft, "customer.updated", customer);
    return customer;
  }),
  endpoint("DELETE /v1/customers/:id", {}, (draft, _given, [id = ""]) => {
    const customer = draft.get("customer", id);
    draft.remove(customer);
    emit(draft, "customer.deleted", customer);
    return { id, object: "customer", deleted: true };
  }),
  retrieve("customer", "/v1/customers"),
  list("customer", "/v1/customers", { email: text.optional() }, ({ email }, given) => given.email === undefined || email === given.email),
  endpoint(
    "POST /v1/customers/:id/balance_transactions",
    { amount: integer, currency, description: text.optional(), metadata: metadata.optional() },
    (draft, { amount, currency: money, description = null, metadata: marks }, [id = ""]) => {
      const customer = draft.get("customer", id);
      const used = customer.currency ?? money;
      if (used !== money)
        throw invalid(`You cannot combine currencies on a single customer. This customer has ${used}.`, { param: "currency" });
      const balance = customer.balance + amount;
      const changed = draft.put({ ...customer, balance, currency: money });
      emit(draft, "customer.updated", changed);
      return draft.put(
        blankBalanceTransaction({
          created: draft.now,
          amount,
          currency: money,
          customer: id,
          description,
          ending_balance: balance,
          metadata: mergeMetadata(null, marks),
          type: "adjustment",
        }),
      );
    },
  ),
  endpoint("GET /v1/customers/:id/balance_transactions", page, (draft, given, [id = ""]) => {
    draft.get("customer", id);
    const all = draft.all("customer_balance_transaction").filter(({ customer }) => idOf(customer) === id);
    return pageOf(all, given as never, `/v1/customers/${id}/balance_transactions`);
  }),
  endpoint("GET /v1/customers/:id/payment_methods", { ...page, type: text.optional() }, (draft, given, [id = ""]) => {
    draft.get("customer", id);
    const all = draft.all("payment_method").filter(({ customer }) => idOf(customer) === id);
    return pageOf(all, given as never, `/v1/customers/${id}/payment_methods`);
  }),
];

function withoutUndefined<Given extends object>(given: Given): { [Key in keyof Given]: Exclude<Given[Key], undefined> } {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as never;
}

import { z } from "zod";
import { parseMoney } from "#lib/money.ts";
import { refund } from "./endpoints/payments.ts";
import { invalid } from "./failure.ts";
import type { Store } from "./store.ts";

const typed = z.object({ charge: z.string().max(100), amount: z.string().max(30) });

/** What somebody does at Stripe itself, in its dashboard: a refund that no program asked for. Answers whose it is. */
export function refundByHand(store: Store, form: URLSearchParams): { customer: string } {
  const { charge, amount } = typed.parse(Object.fromEntries(form));
  const draft = store.begin(Math.floor(Date.now() / 1_000));
  const { currency, customer } = draft.get("charge", charge);
  const minor = parseMoney(amount.trim(), currency.toUpperCase());
  if (!minor) throw invalid("Enter an amount above zero, such as 20.00.", { param: "amount" });
  refund(draft, { charge, amount: minor });
  store.commit(draft);
  return { customer: typeof customer === "string" ? customer : (customer?.id ?? "") };
}

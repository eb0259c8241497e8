import type { WorldOrganization } from "./types.ts";

type Card = { brand: string; last4: string; expiresMonth: number; expiresYear: number; decline?: string; refundFailure?: string };

const usual: Card = { brand: "visa", last4: "4242", expiresMonth: 11, expiresYear: 2029 };

/** What customers pay with, by slug, where it is not the usual card. */
const cards: Record<string, Card | null> = {
  "estudio-quimera": { brand: "mastercard", last4: "0341", expiresMonth: 3, expiresYear: 2028, decline: "insufficient_funds" },
  "kestrel-aerospace": null,
  "atlas-argan": null,
  "mzansi-payments": { brand: "visa", last4: "5126", expiresMonth: 8, expiresYear: 2028, refundFailure: "expired_or_canceled_card" },
  hokkyokusei: { brand: "jcb", last4: "0505", expiresMonth: 1, expiresYear: 2030 },
};

export function cardOf(slug: string): Card | null {
  return slug in cards ? (cards[slug] ?? null) : usual;
}

/** The ids at Stripe that follow from the customer's: "cus_Nw7b…" has "sub_Nw7b…", "pm_Nw7b…" and "in_Nw7b…0001". */
export function stripeId(prefix: "sub" | "pm" | "in" | "pi", customer: string, index?: number): string {
  const number = index === undefined ? "" : String(index + 1).padStart(4, "0");
  return `${prefix}_${customer.replace(/^cus_/, "")}${number}`;
}

export function hasStripeSubscription({ stripeCustomerId, plan }: Pick<WorldOrganization, "stripeCustomerId" | "plan">): boolean {
  return stripeCustomerId !== undefined && plan !== "free";
}

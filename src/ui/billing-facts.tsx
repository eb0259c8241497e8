import { formatDay } from "#lib/format-time.ts";
import { formatMoney } from "#lib/money.ts";

export type NextInvoice = { amount: number; credit: number; currency: string; at: Date };
export type PaymentMethod = { brand: string; last4: string; expiresMonth: number; expiresYear: number };

/** "€35.00 on 12 Mar 2027, after €10.00 of credit". */
export function describeNextInvoice(next: NextInvoice | null): string {
  if (!next) return "none is planned";
  const { amount, credit, currency, at } = next;
  const after = credit > 0 ? `, after ${formatMoney(credit, currency)} of credit` : "";
  return `${formatMoney(amount, currency)} on ${formatDay(at)}${after}`;
}

/** "Visa that ends in 4242, until 08/2027". */
export function describePaymentMethod(method: PaymentMethod | null, now = new Date()): string {
  if (!method) return "none";
  const { brand, last4, expiresMonth, expiresYear } = method;
  const month = `${String(expiresMonth).padStart(2, "0")}/${expiresYear}`;
  const expired = new Date(Date.UTC(expiresYear, expiresMonth, 1)) <= now;
  return `${brand.charAt(0).toUpperCase()}${brand.slice(1)} that ends in ${last4}, ${expired ? "expired" : "until"} ${month}`;
}

export function describeCredit(balance: number, currency: string | undefined): string {
  return balance > 0 ? formatMoney(balance, currency ?? "EUR") : "none";
}

import { formatDay } from "#lib/format-time.ts";
import { formatMoney } from "#lib/money.ts";
import { allOfThese, plural } from "#lib/text.ts";

type Subscription = { trialEndsAt: Date | null; currentPeriodEndsAt: Date | null; status: "trialing" | "active" | "pastDue" | "canceled" };

/** When what is paid for, or tried for nothing, ends; null where nothing says. */
export function periodEnd({ status, trialEndsAt, currentPeriodEndsAt }: Subscription): Date | null {
  return status === "trialing" ? (trialEndsAt ?? currentPeriodEndsAt) : (currentPeriodEndsAt ?? trialEndsAt);
}

type Facts = {
  planName: string;
  /** Null for at once. */
  endsAt: Date | null;
  apiKeys: number;
  owners: number;
  members: number;
  open: { amount: number; currency: string }[];
};

/** What goes with a subscription, for somebody who has to decide. */
export function describeCancellation({ planName, endsAt, apiKeys, owners, members, open }: Facts): string[] {
  const when = endsAt ? `on ${formatDay(endsAt)}` : "at once";
  const owed = open.map(({ amount, currency }) => formatMoney(amount, currency));
  return [
    `The ${planName} subscription ends ${when}. ${endsAt ? "Until then everything works, and it can be reactivated." : "Nothing is given back for the time that is left: refund it apart from this."}`,
    apiKeys > 0 ? `${plural(apiKeys, "API key is", "API keys are")} refused from then on.` : "No API key stops working.",
    `${plural(members, "person", "people")} can still sign in, read and export. Nothing is deleted.`,
    owed.length > 0 ? `${allOfThese(owed)} of open invoices ${owed.length === 1 ? "is" : "are"} still owed.` : "No invoice is open.",
    owners > 0 ? `${plural(owners, "owner gets", "owners get")} an e-mail.` : "There is no owner to write to.",
  ];
}

import { formatDay } from "#lib/format-time.ts";
import { formatMoney } from "#lib/money.ts";
import { defineMail } from "./mail.ts";

type Data = { organizationName: string; slug: string; number: string; amount: number; currency: string; nextAttemptAt: string | null };

export const paymentFailed = defineMail({
  name: "paymentFailed",
  whileImpersonating: "tag",
  write: ({ organizationName, slug, number, amount, currency, nextAttemptAt }: Data) => ({
    subject: `The payment of the invoice ${number} failed`,
    paragraphs: [
      `We could not collect ${formatMoney(amount, currency)} for the invoice ${number} of ${organizationName}.`,
      nextAttemptAt
        ? `We try again on ${formatDay(new Date(nextAttemptAt))}. Please make sure that the payment method is valid until then.`
        : "Please see to it that the payment method is valid, or tell us how you want to pay.",
    ],
    action: { label: "See the invoice", path: `/o/${slug}/billing` },
  }),
});

import { formatMoney } from "#lib/money.ts";
import { defineMail } from "./mail.ts";

/** Sent once the payment provider has made it. */
export const refundIssued = defineMail({
  name: "refundIssued",
  whileImpersonating: "suppress",
  write: (data: { organizationName: string; slug: string; invoiceId: string; number: string; amount: number; currency: string }) => ({
    subject: `A refund of ${formatMoney(data.amount, data.currency)}`,
    paragraphs: [
      `We have refunded ${formatMoney(data.amount, data.currency)} of the invoice ${data.number} to ${data.organizationName}.`,
      "It goes to what the invoice was paid with. Banks take up to ten days until it shows.",
    ],
    action: { label: "See the invoice", path: `/o/${data.slug}/billing/${data.invoiceId}` },
  }),
});

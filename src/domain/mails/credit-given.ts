import { formatMoney } from "#lib/money.ts";
import { defineMail } from "./mail.ts";

export const creditGiven = defineMail({
  name: "creditGiven",
  whileImpersonating: "suppress",
  write: (data: { organizationName: string; slug: string; amount: number; currency: string; description: string }) => ({
    subject: `A credit of ${formatMoney(data.amount, data.currency)}`,
    paragraphs: [
      `${data.organizationName} gets a credit of ${formatMoney(data.amount, data.currency)}: ${data.description}`,
      "It pays the next invoices, until it is used up. There is nothing to do.",
    ],
    action: { label: "See the billing", path: `/o/${data.slug}/billing` },
  }),
});

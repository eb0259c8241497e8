import { formatMoney } from "#lib/money.ts";
import { defineMail } from "./mail.ts";

export const invoiceAnnounced = defineMail({
  name: "invoiceAnnounced",
  whileImpersonating: "suppress",
  write: (data: { organizationName: string; slug: string; amount: number; currency: string; description: string }) => ({
    subject: `An invoice over ${formatMoney(data.amount, data.currency)}`,
    paragraphs: [
      `${data.organizationName} is getting an invoice over ${formatMoney(data.amount, data.currency)}: ${data.description}`,
      "You find it with your other invoices in a moment.",
    ],
    action: { label: "See the invoices", path: `/o/${data.slug}/billing` },
  }),
});

import { reader } from "#server/db.ts";

const organization = { select: { organizationId: true } } as const;

/** Where what the payment provider calls by this id is looked at: customers, subscriptions, invoices, payments, charges, refunds, credits. */
export async function findStripePath(id: string): Promise<string | null> {
  const [prefix] = /^(cus|sub|in|pi|ch|py|re|pyr|cbtxn)(?=_[A-Za-z0-9]+$)/.exec(id) ?? [];
  switch (prefix) {
    case "cus":
      return organizationPath((await reader().organization.findUnique({ where: { stripeCustomerId: id }, select: { id: true } }))?.id);
    case "sub":
      return organizationPath(
        (await reader().subscription.findUnique({ where: { stripeSubscriptionId: id }, ...organization }))?.organizationId,
      );
    case "in":
      return invoicePath((await reader().invoice.findUnique({ where: { stripeInvoiceId: id }, select: { id: true } }))?.id);
    case "pi":
      return invoicePath((await reader().invoice.findUnique({ where: { stripePaymentIntentId: id }, select: { id: true } }))?.id);
    case "ch":
    case "py":
      return invoicePath((await reader().invoice.findUnique({ where: { stripeChargeId: id }, select: { id: true } }))?.id);
    case "re":
    case "pyr":
    case "cbtxn":
      return ledgerPath({ stripeId: id });
    default:
      return null;
  }
}

/** Where our own rows of money are looked at. */
export async function findBillingPath(type: "Invoice" | "LedgerEntry" | "StripeCall", id: string): Promise<string | null> {
  switch (type) {
    case "Invoice":
      return invoicePath(id);
    case "LedgerEntry":
      return ledgerPath({ id });
    case "StripeCall":
      return organizationPath((await reader().stripeCall.findUnique({ where: { id }, ...organization }))?.organizationId);
  }
}

async function ledgerPath(where: { id: string } | { stripeId: string }): Promise<string | null> {
  const entry = await reader().ledgerEntry.findUnique({ where, select: { invoiceId: true, organizationId: true } });
  return entry && (invoicePath(entry.invoiceId) ?? organizationPath(entry.organizationId));
}

function invoicePath(id: string | null | undefined): string | null {
  return id ? `/admin/invoices/${id}` : null;
}

function organizationPath(id: string | undefined): string | null {
  return id ? `/admin/organizations/${id}` : null;
}

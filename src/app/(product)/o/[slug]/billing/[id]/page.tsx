import type { Metadata } from "next";
import { Badge } from "#ui/badge.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { InvoiceDocument } from "#ui/product/invoice-document.tsx";
import { productPage } from "../../../../product-page.tsx";

export const metadata: Metadata = { title: "Invoice" };

export default productPage("/o/[slug]/billing/[id]", async ({ caller, params }) => {
  const { organization, invoice } = await caller.billing.invoice(params);
  return (
    <>
      <PageHeader crumbs={[{ label: "Billing", path: `/o/${params.slug}/billing` }]} title={`Invoice ${invoice.number}`}>
        <Badge tone={invoice.state.tone}>{invoice.state.words}</Badge>
      </PageHeader>
      <InvoiceDocument organization={organization} invoice={invoice} />
    </>
  );
});

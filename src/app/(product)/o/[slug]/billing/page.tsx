import type { Metadata } from "next";
import { InvoiceTable } from "#ui/invoice-table.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { GivenTable } from "#ui/product/given-table.tsx";
import { PlanFacts } from "#ui/product/plan-facts.tsx";
import { UsageTable } from "#ui/usage-table.tsx";
import { productPage } from "../../../product-page.tsx";

export const metadata: Metadata = { title: "Billing" };

export default productPage("/o/[slug]/billing", async ({ caller, params, path }) => {
  const { subscription, usage, seats, issued, next, paymentMethod, creditBalance, given } = await caller.billing.get(params);
  return (
    <>
      <PageHeader title="Billing" />
      <section>
        <h2>Plan</h2>
        <PlanFacts {...{ subscription, seats, next, paymentMethod, creditBalance }} />
      </section>
      <section>
        <h2>Usage</h2>
        <UsageTable usage={usage} />
      </section>
      <section>
        <h2>Invoices</h2>
        <InvoiceTable invoices={issued} path={path} documents={`${path}/invoices`} />
      </section>
      {given.length > 0 && (
        <section>
          <h2>Refunds and credits</h2>
          <GivenTable given={given} path={path} />
        </section>
      )}
    </>
  );
});

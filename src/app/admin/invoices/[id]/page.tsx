import type { Metadata } from "next";
import { Badge } from "#ui/badge.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { InvoiceLines } from "#ui/invoice-lines.tsx";
import { OperationLinks } from "#ui/operation-links.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { InvoiceFacts } from "#ui/staff/invoice-facts.tsx";
import { LedgerTable } from "#ui/staff/ledger-table.tsx";
import { Timeline } from "#ui/staff/timeline.tsx";
import { staffPage } from "../../staff-page.tsx";

export const metadata: Metadata = { title: "Invoice" };

export default staffPage("/admin/invoices/[id]", async ({ staff, actor, params: { id } }) => {
  const { left, operations, timeline, ...invoice } = await staff.invoices.get({ id });
  const { number, state, lines, currency, amountDue, refunds, organization } = invoice;
  return (
    <>
      <PageHeader
        crumbs={[
          { label: "Invoices", path: "/admin/invoices" },
          { label: organization.name, path: `/admin/organizations/${organization.id}` },
        ]}
        title={`Invoice ${number}`}
      >
        <Badge tone={state.tone}>{state.words}</Badge>
      </PageHeader>
      <div className="columns">
        <div>
          <h2>Lines</h2>
          <InvoiceLines lines={lines} currency={currency} sums={[{ term: "Total", amount: amountDue }]} />
          <p>
            <a href={`/admin/invoices/${id}/pdf`}>The invoice as a PDF</a>
          </p>
          <h2>Refunds</h2>
          {refunds.length > 0 ? (
            <LedgerTable entries={refunds} label="Refunds" />
          ) : (
            <EmptyState>Nothing was refunded of this invoice.</EmptyState>
          )}
        </div>
        <aside>
          <h2>Facts</h2>
          <InvoiceFacts invoice={invoice} left={left} />
          <h2>Operations</h2>
          <OperationLinks operations={operations} targetId={id} />
        </aside>
      </div>
      <h2>What happened</h2>
      <Timeline events={timeline} roles={actor.roles} />
    </>
  );
});

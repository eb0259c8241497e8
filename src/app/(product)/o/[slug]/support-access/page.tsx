import type { Metadata } from "next";
import { EmptyState } from "#ui/empty-state.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Pagination } from "#ui/pagination.tsx";
import { AccessRequests } from "#ui/product/access-requests.tsx";
import { OperationForm } from "#ui/product/operation-form.tsx";
import { SupportAccessChoice } from "#ui/product/support-access-choice.tsx";
import { SupportVisitTable } from "#ui/product/support-visit-table.tsx";
import { productPage } from "../../../product-page.tsx";

export const metadata: Metadata = { title: "Support access" };

export default productPage("/o/[slug]/support-access", async ({ caller, params, path, query, draft }) => {
  const after = typeof query.after === "string" ? query.after : undefined;
  const page = await caller.supportAccess.get({ ...params, ...(after && { after }) });
  const { organization, choice, choices, choose, seesAll, requests, open, past, next } = page;
  return (
    <>
      <PageHeader title="Support access" />
      <p>
        Our support can see the product as one of you, to find out what is wrong. Each time needs a reason and a ticket, lasts half an hour
        at most, changes nothing unless it says so, and is listed here with everything that was opened.
      </p>
      {open.length > 0 && (
        <section>
          <h2>Now</h2>
          <SupportVisitTable label="Open now" visits={open} path={path} />
        </section>
      )}
      {requests.length > 0 && (
        <section>
          <h2>Requests</h2>
          <AccessRequests requests={requests} path={path} />
        </section>
      )}
      <section>
        <h2>Every access</h2>
        {!seesAll && <p className="quiet">Owners and admins see every access. You see those where our support viewed as you.</p>}
        {past.length > 0 ? (
          <SupportVisitTable label="Every access" visits={past} path={path} />
        ) : (
          <EmptyState>
            {open.length > 0 ? "No other access yet." : "Nobody of our support has looked yet. When somebody does, it is listed here."}
          </EmptyState>
        )}
        <Pagination path={path} search={after ? { after } : {}} next={next} nextLabel="Earlier" />
      </section>
      <section>
        <h2>Your choice</h2>
        <OperationForm
          operation="organization.setSupportAccess"
          targetId={organization.id}
          back={path}
          draft={draft}
          submit="Save"
          whyNot={choose.whyNot}
        >
          <SupportAccessChoice choices={choices} access={choice.supportAccess} mails={choice.supportMails} />
        </OperationForm>
      </section>
    </>
  );
});

import type { Metadata } from "next";
import { EmptyState } from "#ui/empty-state.tsx";
import { Facts } from "#ui/facts.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Pagination } from "#ui/pagination.tsx";
import { describeEnding } from "#ui/product/describe-ending.ts";
import { OpenedTable } from "#ui/product/opened-table.tsx";
import { modeInWords } from "#ui/product/support-visit-table.tsx";
import { Time } from "#ui/time.tsx";
import { productPage } from "../../../../product-page.tsx";

export const metadata: Metadata = { title: "One access" };

export default productPage("/o/[slug]/support-access/[id]", async ({ caller, params, path, query }) => {
  const after = typeof query.after === "string" ? query.after : undefined;
  const { visit, opened, changes, ending } = await caller.supportAccess.visit({ ...params, ...(after && { after }) });
  const over = visit.endedAt ?? (visit.expiresAt <= new Date() ? visit.expiresAt : null);
  return (
    <>
      <PageHeader
        crumbs={[{ label: "Support access", path: `/o/${params.slug}/support-access` }]}
        title={`${visit.staffMember.name} as ${visit.user.name}`}
      />
      <Facts
        facts={{
          Who: `${visit.staffMember.name} of Countersign support`,
          As: visit.user.name,
          Reason: visit.reason,
          Ticket: visit.ticket,
          Mode: modeInWords(visit),
          "Why changes": visit.writeReason,
          Began: <Time value={visit.startedAt} />,
          [over ? "Was over" : "Ends at the latest"]: <Time value={over ?? visit.expiresAt} />,
          "How it ended": over ? describeEnding(visit.endedAt ? ending : null) : null,
        }}
      />
      <h2>What was changed</h2>
      {changes.length === 0 ? (
        <EmptyState>Nothing was changed.</EmptyState>
      ) : (
        <ul>
          {changes.map(({ id, at, summary }) => (
            <li key={id}>
              {summary} <Time value={at} />
            </li>
          ))}
        </ul>
      )}
      <h2>What was opened</h2>
      {opened.rows.length === 0 ? (
        <EmptyState>Nothing was opened{after ? " after that" : ""}.</EmptyState>
      ) : (
        <OpenedTable opened={opened.rows} />
      )}
      <Pagination path={path} search={after ? { after } : {}} next={opened.next} nextLabel="More" />
    </>
  );
});

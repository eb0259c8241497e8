import type { Metadata } from "next";
import { organizationFilters } from "#router/staff/organizations.ts";
import { Message } from "#ui/message.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { BulkForm } from "#ui/staff/bulk-form.tsx";
import { BulkOperations } from "#ui/staff/bulk-operations.tsx";
import type { getStaff } from "../../staff.ts";
import { staffPage, textsOf } from "../../staff-page.tsx";

export const metadata: Metadata = { title: "Prepare a bulk run" };
const crumbs = [
  { label: "Staff area", path: "/admin" },
  { label: "Bulk runs", path: "/admin/bulk" },
];

/** Which operation, then its input and its targets: pasted, from a CSV, or what a search of organizations found. */
export default staffPage("/admin/bulk/new", async ({ staff, query }) => {
  const { operation: name, draft, ...search } = textsOf(query);
  if (!name) {
    return (
      <>
        <PageHeader crumbs={crumbs} title="Prepare a bulk run" />
        <p>Which operation? Each target is previewed first, and nothing changes until a second person agrees.</p>
        <BulkOperations operations={await staff.bulk.operations()} search={search} />
      </>
    );
  }
  const { operation, fields, values, error, cap, allowed, whyNot } = await staff.bulk.form({ name, ...(draft && { draft }) });
  if (!allowed) {
    return (
      <>
        <PageHeader crumbs={crumbs} title={`Bulk run: ${operation.title}`} />
        <p>{operation.description}</p>
        <Message tone="error">You may not do this. {whyNot}</Message>
      </>
    );
  }
  const found = operation.target === "Organization" && !draft ? await findSearched(staff, search, cap) : null;
  return (
    <>
      <PageHeader crumbs={crumbs} title={`Bulk run: ${operation.title}`} />
      <p>{operation.description}</p>
      <BulkForm
        {...{ operation, fields, error, cap }}
        values={{ ...values, ...(found && { targets: found.join("\n") }) }}
        found={found?.length ?? null}
      />
    </>
  );
});

type Staff = Awaited<ReturnType<typeof getStaff>>["staff"];

/** The ids that a search in the list of organizations finds, as many as this person may take at once; null without a search. */
async function findSearched(staff: Staff, search: Record<string, string>, most: number): Promise<string[] | null> {
  const filters = organizationFilters.omit({ after: true, sort: true }).safeParse(search).data;
  if (!filters || Object.keys(filters).length === 0) return null;
  const ids: string[] = [];
  let after: string | undefined;
  do {
    const page = await staff.organizations.list({ ...filters, sort: "oldest", ...(after && { after }) });
    ids.push(...page.rows.map(({ id }) => id));
    after = page.next ?? undefined;
  } while (after && ids.length < most);
  return ids.slice(0, most);
}

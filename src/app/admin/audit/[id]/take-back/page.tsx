import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { Message } from "#ui/message.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { staffPage } from "../../../staff-page.tsx";

export const metadata: Metadata = { title: "Take back" };

/** Leads to the form of the operation that takes an event back, filled in. */
export default staffPage("/admin/audit/[id]/take-back", async ({ staff, params: { id } }) => {
  const { event, inverse } = await staff.audit.get({ id });
  if (inverse) redirect(inverse.path);
  const crumbs = [
    { label: "Audit", path: "/admin/audit" },
    { label: event.summary, path: `/admin/audit/${id}` },
  ];
  return (
    <>
      <PageHeader crumbs={crumbs} title="Take back" />
      <Message tone="notice">No operation takes back what this changed.</Message>
    </>
  );
});

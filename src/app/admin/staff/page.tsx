import type { Metadata } from "next";
import { PageHeader } from "#ui/page-header.tsx";
import { StaffTable } from "#ui/staff/staff-table.tsx";
import { staffPage } from "../staff-page.tsx";

export const metadata: Metadata = { title: "Staff" };

export default staffPage("/admin/staff", async ({ staff, actor }) => {
  const members = await staff.staffMembers.list();
  return (
    <>
      <PageHeader crumbs={[{ label: "Staff area", path: "/admin" }]} title="Staff" />
      <p>Everybody who has ever signed in here. Roles come from groups of the identity provider, or are granted here by an admin.</p>
      <StaffTable members={members} ownId={actor.id} />
    </>
  );
});

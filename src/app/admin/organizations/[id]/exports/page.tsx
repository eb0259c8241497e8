import type { Metadata } from "next";
import { exportHoursForStaff } from "#domain/export-scopes.ts";
import { ExportTable } from "#ui/export-table.tsx";
import { OperationLinks } from "#ui/operation-links.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { staffPage } from "../../../staff-page.tsx";

export const metadata: Metadata = { title: "Data exports" };

export default staffPage("/admin/organizations/[id]/exports", async ({ staff, params: { id } }) => {
  const { organization, exports, request } = await staff.dataExports.ofOrganization({ id });
  const path = `/admin/organizations/${id}`;
  return (
    <>
      <PageHeader
        crumbs={[
          { label: "Organizations", path: "/admin/organizations" },
          { label: organization.name, path },
        ]}
        title="Data exports"
      />
      <p>
        The owners can download them, and whoever of the staff asked for one, for {exportHoursForStaff} hours. Each download is recorded.
      </p>
      <ExportTable exports={exports} path={`${path}/exports`} empty="No exports yet." />
      <h2>Operations</h2>
      <OperationLinks operations={[request]} targetId={id} />
    </>
  );
});

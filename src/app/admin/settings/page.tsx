import type { Metadata } from "next";
import { PageHeader } from "#ui/page-header.tsx";
import { PlanTable } from "#ui/staff/plan-table.tsx";
import { SettingsTable } from "#ui/staff/settings-table.tsx";
import { staffPage } from "../staff-page.tsx";

export const metadata: Metadata = { title: "Settings" };

export default staffPage("/admin/settings", async ({ staff }) => {
  const { settings, plans } = await staff.settings.list();
  return (
    <>
      <PageHeader crumbs={[{ label: "Staff area", path: "/admin" }]} title="Settings" />
      <p>What is set here counts for every process within two seconds, without a deployment. Each change is an operation.</p>
      <SettingsTable settings={settings} />
      <h2>Plans</h2>
      <PlanTable plans={plans} />
    </>
  );
});

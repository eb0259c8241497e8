import type { Metadata } from "next";
import { Facts } from "#ui/facts.tsx";
import { OperationLinks } from "#ui/operation-links.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Timeline } from "#ui/staff/timeline.tsx";
import { staffPage } from "../../staff-page.tsx";

export const metadata: Metadata = { title: "Setting" };

export default staffPage("/admin/settings/[key]", async ({ staff, actor, params: { key } }) => {
  const { setting, operations, timeline } = await staff.settings.get({ key });
  return (
    <>
      <PageHeader crumbs={[{ label: "Settings", path: "/admin/settings" }]} title={setting.title} />
      <p>{setting.description}</p>
      <Facts
        facts={{ Value: setting.value, Default: setting.isDefault ? "This is the default." : setting.fallback, Group: setting.group }}
      />
      <h2>Operations</h2>
      <OperationLinks operations={operations} targetId={setting.key} />
      <h2>What happened</h2>
      <Timeline events={timeline} roles={actor.roles} />
    </>
  );
});

import type { Metadata } from "next";
import { Facts } from "#ui/facts.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { MonitorStatusBadge } from "#ui/product/monitor-status.tsx";
import { PermittedLink } from "#ui/product/permitted-link.tsx";
import { PingAddress } from "#ui/product/ping-address.tsx";
import { PingHistory } from "#ui/product/ping-history.tsx";
import { describeSchedule } from "#ui/product/schedule.ts";
import { Time } from "#ui/time.tsx";
import { productPage } from "../../../../product-page.tsx";

export const metadata: Metadata = { title: "Monitor" };

export default productPage("/o/[slug]/monitors/[id]", async ({ caller, context, params, path }) => {
  const { monitor, pingUrl, pings, hours, update, delete: remove } = await caller.monitors.get(params);
  return (
    <>
      <PageHeader crumbs={[{ label: "Monitors", path: `/o/${params.slug}/monitors` }]} title={monitor.name}>
        <MonitorStatusBadge status={monitor.status} />
        <PermittedLink href={`${path}/edit`} permission={update}>
          Edit
        </PermittedLink>
        <PermittedLink href={`${path}/delete`} permission={remove}>
          Delete
        </PermittedLink>
      </PageHeader>
      <Facts
        facts={{
          Schedule: describeSchedule(monitor),
          "Last ping": <Time value={monitor.lastPingAt} none="none yet" />,
          Created: <Time value={monitor.createdAt} />,
        }}
      />
      <PingAddress url={pingUrl} viewingAs={context.onBehalfOf?.label ?? null} />
      <PingHistory pings={pings} hours={hours} />
    </>
  );
});

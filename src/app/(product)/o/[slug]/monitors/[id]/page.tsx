import type { Metadata } from "next";
import { humanize } from "#lib/text.ts";
import { getOperation } from "#router/registry.ts";
import { Facts } from "#ui/facts.tsx";
import { Id } from "#ui/id.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { DueTimes } from "#ui/product/due-times.tsx";
import { MonitorStatusBadge } from "#ui/product/monitor-status.tsx";
import { NewAddress } from "#ui/product/new-address.tsx";
import { OperationButton } from "#ui/product/operation-button.tsx";
import { PermittedLink } from "#ui/product/permitted-link.tsx";
import { PingAddress } from "#ui/product/ping-address.tsx";
import { PingHistory } from "#ui/product/ping-history.tsx";
import { describeSchedule } from "#ui/product/schedule.ts";
import { StateHistory } from "#ui/product/state-history.tsx";
import { Time } from "#ui/time.tsx";
import { productPage } from "../../../../product-page.tsx";

export const metadata: Metadata = { title: "Monitor" };

export default productPage("/o/[slug]/monitors/[id]", async ({ caller, context, params, path, draft }) => {
  const { monitor, due, pingUrl, pings, hours, history, ...may } = await caller.monitors.get(params);
  return (
    <>
      <PageHeader crumbs={[{ label: "Monitors", path: `/o/${params.slug}/monitors` }]} title={monitor.name}>
        <MonitorStatusBadge status={monitor.status} />
        <PermittedLink href={`${path}/edit`} may={may.update}>
          Edit
        </PermittedLink>
        <OperationButton
          operation={monitor.pausedAt ? "monitor.resume" : "monitor.pause"}
          targetId={monitor.id}
          back={path}
          disabled={!may.pause.allowed}
        >
          {monitor.pausedAt ? "Resume" : "Pause"}
        </OperationButton>
        <PermittedLink href={`${path}/delete`} may={may.delete}>
          Delete
        </PermittedLink>
      </PageHeader>
      <Facts
        facts={{
          [`${humanize(monitor.status)} since`]: <Time value={monitor.since} />,
          Schedule: describeSchedule(monitor),
          "Due next": monitor.pausedAt ? "nothing, while it is paused" : <DueTimes times={due} timeZone={monitor.timeZone} />,
          "Last ping": <Time value={monitor.lastPingAt} none="none yet" />,
          "Last start": monitor.lastStartedAt && <Time value={monitor.lastStartedAt} />,
          Created: <Time value={monitor.createdAt} />,
          Id: <Id>{monitor.id}</Id>,
        }}
      />
      <PingAddress url={pingUrl} viewingAs={context.onBehalfOf?.label ?? null} />
      <NewAddress operation={getOperation("monitor.rotateKey")} monitor={monitor} back={path} draft={draft} whyNot={may.rotateKey.whyNot} />
      <StateHistory {...history} />
      <PingHistory pings={pings} hours={hours} />
    </>
  );
});

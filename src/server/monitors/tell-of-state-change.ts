import { monitorDown } from "#domain/mails/monitor-down.ts";
import { monitorUp } from "#domain/mails/monitor-up.ts";
import type { Finding } from "#domain/monitor-state.ts";
import type { Transaction } from "../db.ts";
import { type Effect, enqueue } from "../effects/effect.ts";
import { mail, type Recipient } from "../effects/mail.ts";
import { webhookEvent } from "../effects/webhook.ts";
import { systemContext } from "../system-context.ts";
import type { DueMonitor } from "./claim-due-monitors.ts";

export type StateChange = { changeId: string; monitor: DueMonitor; finding: Finding };

/** Mails every member, and tells the webhooks, that a monitor went down or got up again; of anything else nobody. */
export async function tellOfStateChange(db: Transaction, change: StateChange): Promise<void> {
  const { changeId, monitor, finding } = change;
  const wentDown = finding.state === "down";
  if (!wentDown && !(finding.state === "up" && monitor.state === "down")) return;
  const { id, name, organizationId } = monitor;
  const effects: Effect[] = (await membersOf(db, organizationId)).map((to) => (wentDown ? downMail(change, to) : upMail(change, to)));
  const data = { monitorId: id, name, since: finding.since.toISOString() };
  effects.push(webhookEvent({ event: wentDown ? "monitor.down" : "monitor.up", organizationId, data }));
  await enqueue(db, effects, { context: systemContext("Monitor watch"), eventId: changeId, organizationId });
}

function downMail({ monitor, finding }: StateChange, to: Recipient): Effect {
  return mail(monitorDown, { to, data: { ...common(monitor), since: finding.since.toISOString(), why: finding.why ?? "silent" } });
}

function upMail({ monitor, finding }: StateChange, to: Recipient): Effect {
  const data = { ...common(monitor), since: finding.since.toISOString(), downSince: monitor.stateSince.toISOString() };
  return mail(monitorUp, { to, data });
}

function common({ id, name, organizationName, slug }: DueMonitor) {
  return { monitorName: name, organizationName, path: `/o/${slug}/monitors/${id}` };
}

async function membersOf(db: Transaction, organizationId: string): Promise<Recipient[]> {
  const members = await db.membership.findMany({
    where: { organizationId },
    select: { user: { select: { email: true, name: true } } },
    orderBy: { id: "asc" },
  });
  return members.map(({ user }) => user);
}

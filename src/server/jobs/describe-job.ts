import { humanize } from "#lib/text.ts";
import { type QueueName, queueNames } from "./queues.ts";

const titles: Record<QueueName, string> = {
  mail: "E-mail",
  webhook: "Webhook",
  export: "Data export",
  stripe: "Stripe call",
  stripeEvent: "News from Stripe",
  reconciliation: "Comparison with Stripe",
  bulk: "Bulk run",
  account: "Account mail",
};

export type JobState = "created" | "retry" | "active" | "completed" | "cancelled" | "failed";

/** What each state means to whoever looks at it. */
export const stateTitles: Record<JobState, string> = {
  created: "waiting",
  retry: "to be tried again",
  active: "being worked on",
  completed: "done",
  cancelled: "cancelled",
  failed: "failed",
};
export const jobStates = Object.keys(stateTitles) as JobState[];

/** A queue in words; one that this version does not know by its name. */
export function queueTitle(queue: string): string {
  return queueNames.includes(queue as QueueName) ? titles[queue as QueueName] : queue;
}

/** "E-mail: trial extended", "Stripe call: refund". */
export function jobTitle({ queue, mail, stripeCall }: { queue: string; mail: string | null; stripeCall: string | null }): string {
  const what = mail ?? stripeCall;
  return what ? `${queueTitle(queue)}: ${humanize(what).toLowerCase()}` : queueTitle(queue);
}

import { deliverMailTask } from "./deliver-mail.ts";
import { deliverWebhookTask } from "./deliver-webhook.ts";
import { pruneHistoryTask } from "./prune-history.ts";
import type { PeriodicTask, QueueTask } from "./task.ts";
import { watchMonitorsTask } from "./watch-monitors.ts";

/** What the worker does: one line for each task. */
export const queueTasks: readonly QueueTask[] = [deliverMailTask, deliverWebhookTask];
export const periodicTasks: readonly PeriodicTask[] = [watchMonitorsTask, pruneHistoryTask];

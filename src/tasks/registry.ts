import { accountTask } from "./account.ts";
import { carryOutStripeCallsTask } from "./carry-out-stripe-calls.ts";
import { concludeImpersonationsTask } from "./conclude-impersonations.ts";
import { deleteExpiredTask } from "./delete-expired.ts";
import { deleteOrganizationsTask } from "./delete-organizations.ts";
import { deliverMailTask } from "./deliver-mail.ts";
import { deliverWebhookTask } from "./deliver-webhook.ts";
import { endElevationsTask } from "./end-elevations.ts";
import { endSubscriptionsTask } from "./end-subscriptions.ts";
import { expireProposalsTask } from "./expire-proposals.ts";
import { forgetExpiredLinksTask } from "./forget-expired-links.ts";
import { mirrorStripeTask } from "./mirror-stripe.ts";
import { failStuckExportsTask, prepareExportTask } from "./prepare-export.ts";
import { pruneHistoryTask } from "./prune-history.ts";
import { raiseAlarmsTask } from "./raise-alarms.ts";
import { adoptStripeCallsTask, queueReconciliationTask, reconcileStripeTask } from "./reconcile-stripe.ts";
import { takeOverJobsTask } from "./take-over-jobs.ts";
import type { PeriodicTask, QueueTask } from "./task.ts";
import { watchMonitorsTask } from "./watch-monitors.ts";
import { workBulkRunsTask } from "./work-bulk-runs.ts";

/** What the worker does: one line for each task. */
export const queueTasks: readonly QueueTask[] = [
  accountTask,
  deliverMailTask,
  deliverWebhookTask,
  prepareExportTask,
  carryOutStripeCallsTask,
  mirrorStripeTask,
  reconcileStripeTask,
  workBulkRunsTask,
];
export const periodicTasks: readonly PeriodicTask[] = [
  forgetExpiredLinksTask,
  concludeImpersonationsTask,
  deleteOrganizationsTask,
  endSubscriptionsTask,
  endElevationsTask,
  expireProposalsTask,
  watchMonitorsTask,
  pruneHistoryTask,
  deleteExpiredTask,
  failStuckExportsTask,
  takeOverJobsTask,
  queueReconciliationTask,
  adoptStripeCallsTask,
  raiseAlarmsTask,
];

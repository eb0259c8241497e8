import { writer } from "#server/db.ts";
import { forgetProgress } from "#server/jobs/progress.ts";
import { forgetAnswers } from "#server/repeated-request.ts";
import { forgetOldEvents } from "#server/stripe/receive-event.ts";
import type { PeriodicTask } from "./task.ts";

/** The files of exports that have expired, what was sent to webhooks a month ago, how far forgotten jobs were, yesterday's answers to programs, and Stripe's events of a season ago. */
export const deleteExpiredTask: PeriodicTask = {
  name: "delete expired exports and deliveries",
  everySeconds: 300,
  async run() {
    await writer().$executeRaw`
      DELETE FROM "DataExportFile" f USING "DataExport" e
      WHERE e."id" = f."id" AND (e."expiresAt" <= now() OR e."state" = 'failed')`;
    await writer().$executeRaw`
      DELETE FROM "WebhookDelivery" WHERE "id" IN (
        SELECT "id" FROM "WebhookDelivery" WHERE "createdAt" < now() - interval '30 days' AND "nextTryAt" IS NULL LIMIT 10000
      )`;
    await forgetProgress();
    await forgetAnswers();
    await forgetOldEvents();
  },
};

import { writer } from "#server/db.ts";
import { runAsSystem } from "./run-as-system.ts";
import type { PeriodicTask } from "./task.ts";

/** Keeps nothing about people who never confirmed, and no counts of failures that count no more. */
export const forgetExpiredLinksTask: PeriodicTask = {
  name: "forget expired links",
  everySeconds: 3_600,
  async run() {
    await writer().$executeRaw`
      DELETE FROM "SignInThrottle" WHERE "updatedAt" < now() - interval '7 days' AND ("blockedUntil" IS NULL OR "blockedUntil" < now())`;
    const due = await writer().$queryRaw<unknown[]>`
      (SELECT 1 FROM "SignUp" WHERE "expiresAt" < now() - interval '7 days' LIMIT 1)
      UNION ALL (SELECT 1 FROM "AccountToken" WHERE "expiresAt" < now() - interval '7 days' LIMIT 1)`;
    if (due.length === 0) return;
    await runAsSystem("Accounts", "user.forgetExpiredLinks", { targetId: "system" });
  },
};

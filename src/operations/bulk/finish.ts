import { z } from "zod";
import { bulkFinished } from "#domain/mails/bulk-finished.ts";
import { bulkTitle } from "#server/bulk/bulk-title.ts";
import { mail } from "#server/effects/mail.ts";
import { AppError } from "#server/errors.ts";
import { defineOperation } from "#server/operation.ts";
import { operationTitle } from "#server/operation-registry.ts";

export const bulkFinish = defineOperation({
  name: "bulk.finish",
  title: "Finish a bulk run",
  description: "No target is left. Whoever asked for it is told.",
  target: "BulkRun",
  allowSystem: true,
  risk: "routine",
  input: z.strictObject({}),
  summary: ({ target }) => `Finished: ${bulkTitle(target)}`,
  async run({ db, target, effect }) {
    if (target.state !== "running") throw new AppError("CONFLICT", { userMessage: "It is not running." });
    await db.bulkRun.update({ where: { id: target.id }, data: { state: "finished", finishedAt: new Date() }, select: { id: true } });
    const counts = await db.bulkRun.findUniqueOrThrow({
      where: { id: target.id },
      select: { succeeded: true, refused: true, failed: true },
    });
    const to = await db.staffMember.findUnique({ where: { id: target.requesterId }, select: { email: true, name: true } });
    if (to) effect(mail(bulkFinished, { to, data: { bulkRunId: target.id, operation: operationTitle(target.operation), ...counts } }));
  },
});

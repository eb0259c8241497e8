import { z } from "zod";
import { text } from "#lib/text.ts";
import { bulkTitle } from "#server/bulk/bulk-title.ts";
import { AppError } from "#server/errors.ts";
import { defineOperation } from "#server/operation.ts";

export const bulkMarkReady = defineOperation({
  name: "bulk.markReady",
  title: "Finish preparing a bulk run",
  description: "Every target was previewed; from now on it can be asked for.",
  target: "BulkRun",
  allowSystem: true,
  risk: "routine",
  input: z.strictObject({ digest: text({ max: 64 }).meta({ title: "Digest of all previews" }) }),
  summary: ({ target }) => `Prepared: ${bulkTitle(target)}`,
  async run({ db, target, input }) {
    if (target.state !== "preparing") throw new AppError("CONFLICT", { userMessage: "It is prepared already." });
    await db.bulkRun.update({ where: { id: target.id }, data: { state: "ready", digest: input.digest }, select: { id: true } });
  },
});

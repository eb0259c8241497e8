import { z } from "zod";
import { AppError } from "#server/errors.ts";
import { defineOperation } from "#server/operation.ts";

export const impersonationEndAll = defineOperation({
  name: "impersonation.endAll",
  title: "End all impersonations",
  description: "Everybody of the staff who is viewing as a customer stops at the next request.",
  target: "System",
  allow: { operations: true },
  risk: "risky",
  input: z.strictObject({}),
  summary: () => "End all impersonations",
  consequences: () => ["Whoever is viewing as a customer sees at the next request that it was ended, and by whom."],
  next: () => "/admin/impersonations",
  async run({ db }) {
    // By id, so that two who do this at once wait for each other instead of for ever.
    const open = await db.$queryRaw<{ id: string }[]>`
      SELECT "id" FROM "Impersonation" WHERE "endedAt" IS NULL AND "expiresAt" > now() ORDER BY "id" FOR NO KEY UPDATE`;
    if (open.length === 0) throw new AppError("CONFLICT", { userMessage: "Nobody is viewing as a customer." });
    await db.$executeRaw`UPDATE "Impersonation" SET "endedAt" = now() WHERE "id" = ANY(${open.map(({ id }) => id)}::text[])`;
    return { ended: open.length };
  },
});

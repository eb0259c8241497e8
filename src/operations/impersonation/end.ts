import { z } from "zod";
import { AppError } from "#server/errors.ts";
import { defineOperation } from "#server/operation.ts";

export const impersonationEnd = defineOperation({
  name: "impersonation.end",
  title: "End impersonation",
  description: "Ends it at once, whoever started it.",
  target: "Impersonation",
  allow: { support: true },
  risk: "routine",
  whileImpersonating: "always",
  input: z.strictObject({}),
  summary: ({ target }) => `End the impersonation of ${target.user.name} by ${target.staffMember.name}`,
  next: () => "/admin/impersonations",
  async run({ db, target }) {
    if (target.endedAt) throw new AppError("CONFLICT", { userMessage: "This has ended already." });
    await db.$executeRaw`UPDATE "Impersonation" SET "endedAt" = now() WHERE "id" = ${target.id}`;
  },
});

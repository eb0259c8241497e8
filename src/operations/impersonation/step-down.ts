import { z } from "zod";
import { AppError } from "#server/errors.ts";
import { defineOperation } from "#server/operation.ts";

export const impersonationStepDown = defineOperation({
  name: "impersonation.stepDown",
  title: "Read-only again",
  description: "Takes the right to change data back, whoever asked for it. The impersonation itself goes on.",
  target: "Impersonation",
  allow: { support: true },
  risk: "routine",
  whileImpersonating: "always",
  input: z.strictObject({}),
  unavailable: (target) => {
    if (target.endedAt) return "This has ended.";
    return target.mode === "readOnly" ? "It is read-only." : null;
  },
  summary: ({ target }) => `Make the impersonation of ${target.user.name} by ${target.staffMember.name} read-only again`,
  next: ({ impersonationId }) => `/admin/impersonations/${impersonationId}`,
  async run({ db, target }) {
    const lowered = await db.$executeRaw`UPDATE "Impersonation" SET "mode" = 'readOnly' WHERE "id" = ${target.id} AND "mode" = 'write'`;
    if (lowered === 0) throw new AppError("CONFLICT", { userMessage: "It is read-only already." });
    return { impersonationId: target.id };
  },
});

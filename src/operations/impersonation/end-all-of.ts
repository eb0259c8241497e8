import { z } from "zod";
import { AppError } from "#server/errors.ts";
import { defineOperation } from "#server/operation.ts";

export const impersonationEndAllOf = defineOperation({
  name: "impersonation.endAllOf",
  title: "End impersonations",
  description: "Ends what this colleague is viewing as a customer. Their own session stays.",
  target: "StaffMember",
  allow: { operations: true },
  risk: "risky",
  input: z.strictObject({}),
  summary: ({ target }) => `End the impersonations by ${target.name}`,
  consequences: ({ target }) => [`${target.name} sees at the next request that it was ended, and by whom.`],
  next: () => "/admin/impersonations",
  async run({ db, target }) {
    const ended = await db.$executeRaw`
      UPDATE "Impersonation" SET "endedAt" = now() WHERE "staffMemberId" = ${target.id} AND "endedAt" IS NULL AND "expiresAt" > now()`;
    if (ended === 0) throw new AppError("CONFLICT", { userMessage: `${target.name} is not viewing as a customer.` });
    return { ended };
  },
});

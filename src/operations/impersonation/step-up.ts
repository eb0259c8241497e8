import { z } from "zod";
import { AppError } from "#server/errors.ts";
import { defineOperation } from "#server/operation.ts";

export const impersonationStepUp = defineOperation({
  name: "impersonation.stepUp",
  title: "Allow changes",
  description: "From now on you can also change what this customer could, for as long as this impersonation lasts. Say why again.",
  target: "Impersonation",
  allow: { support: true },
  risk: "critical",
  input: z.strictObject({}),
  notice: ({ target }) => `${target.organization.name} reads this reason, too.`,
  unavailable: (target) => {
    if (target.endedAt) return "This has ended.";
    if (target.expiresAt <= new Date()) return "Its 30 minutes have passed.";
    return target.mode === "write" ? "It may change data already." : null;
  },
  summary: ({ target }) => `Let ${target.staffMember.name} change data as ${target.user.name} (${target.organization.name})`,
  consequences: ({ target }) => [
    `What you change is recorded under your name and on behalf of ${target.user.name}.`,
    "Passwords, addresses, second factors, payment, keys, exports, deleting and inviting stay out of reach.",
    "It ends when it would have ended anyway, and a second person looks at it afterwards.",
  ],
  next: ({ impersonationId }) => `/admin/impersonations/${impersonationId}`,
  async run({ db, target, context, reason }) {
    const { actor } = context;
    if (actor.type !== "staff" || actor.id !== target.staffMemberId || actor.sessionId !== target.staffSessionId) {
      throw new AppError("FORBIDDEN", { userMessage: `Only ${target.staffMember.name}, who began this, asks for that.` });
    }
    const raised = await db.$executeRaw`
      UPDATE "Impersonation" SET "mode" = 'write', "writeReason" = ${reason}, "steppedUpAt" = now(), "needsReview" = true
      WHERE "id" = ${target.id} AND "endedAt" IS NULL AND "expiresAt" > clock_timestamp() AND "mode" = 'readOnly'`;
    if (raised === 0) throw new AppError("CONFLICT", { userMessage: "This has ended, or may change data already." });
    return { impersonationId: target.id };
  },
});

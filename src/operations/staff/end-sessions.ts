import { z } from "zod";
import { AppError } from "#server/errors.ts";
import { defineOperation } from "#server/operation.ts";

export const staffEndSessions = defineOperation({
  name: "staff.endSessions",
  title: "End sessions",
  description: "Signs a colleague out everywhere, and ends what they are viewing as a customer.",
  target: "StaffMember",
  allow: { admin: true },
  risk: "risky",
  input: z.strictObject({}),
  summary: ({ target }) => `End the staff sessions of ${target.name}`,
  consequences: ({ target }) => [`${target.name} has to sign in again; impersonations that they started end with their sessions, and so does what they asked a second person for.`],
  async run({ db, target }) {
    const ended = await db.$executeRaw`
      UPDATE "StaffSession" SET "endedAt" = now() WHERE "staffMemberId" = ${target.id} AND "endedAt" IS NULL AND "expiresAt" > now()`;
    // What they asked a second person for was asked by somebody who is not trusted with it now.
    await db.$executeRaw`UPDATE "Proposal" SET "state" = 'expired' WHERE "requesterId" = ${target.id} AND "state" IN ('draft', 'awaitingApproval')`;
    if (ended === 0) throw new AppError("CONFLICT", { userMessage: `${target.name} has no open session.` });
    return { ended };
  },
});

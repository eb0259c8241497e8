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
  consequences: ({ target }) => [
    `${target.name} has to sign in again; impersonations that they started end with their sessions, and so does what they asked for; their bulk runs stop.`,
  ],
  async run({ db, target }) {
    const ended = await db.$executeRaw`
      UPDATE "StaffSession" SET "endedAt" = now() WHERE "staffMemberId" = ${target.id} AND "endedAt" IS NULL AND "expiresAt" > now()`;
    // What they asked for, and what runs in their name, is of somebody who is not trusted with it now.
    const asked = await db.$executeRaw`
      UPDATE "Proposal" SET "state" = 'expired' WHERE "requesterId" = ${target.id} AND "state" IN ('draft', 'awaitingApproval')`;
    const { count: runs } = await db.bulkRun.updateMany({
      where: { requesterId: target.id, state: { in: ["preparing", "ready", "running"] } },
      data: { state: "stopped" },
    });
    if (ended + asked + runs === 0)
      throw new AppError("CONFLICT", { userMessage: `${target.name} has no open session, and nothing of theirs waits or runs.` });
    return { ended };
  },
});

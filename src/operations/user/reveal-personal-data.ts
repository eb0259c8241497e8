import { z } from "zod";
import { AppError } from "#server/errors.ts";
import { defineOperation } from "#server/operation.ts";

export const userRevealPersonalData = defineOperation({
  name: "user.revealPersonalData",
  title: "Reveal personal data",
  description: "Shows you this person's e-mail address and IP addresses for 15 minutes. Colleagues go on seeing them hidden.",
  target: "User",
  allow: { viewer: true },
  risk: "routine",
  input: z.strictObject({}),
  summary: ({ target }) => `Reveal the personal data of ${target.name}`,
  consequences: () => ["You see them for 15 minutes.", "It is recorded with your reason, and auditors read it."],
  next: ({ userId }) => `/admin/users/${userId}`,
  async run({ db, target, context }) {
    if (context.actor.type !== "staff") throw new AppError("FORBIDDEN");
    await db.personalDataReveal.create({ data: { staffMemberId: context.actor.id, userId: target.id }, select: { id: true } });
    return { userId: target.id };
  },
});

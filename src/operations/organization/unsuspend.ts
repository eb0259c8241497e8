import { z } from "zod";
import { AppError } from "#server/errors.ts";
import { defineOperation } from "#server/operation.ts";

export const organizationUnsuspend = defineOperation({
  name: "organization.unsuspend",
  title: "Unsuspend",
  description: "Lets its people in and takes its pings again.",
  target: "Organization",
  allow: { operations: true },
  risk: "risky",
  ticket: "required",
  input: z.strictObject({}),
  summary: ({ target }) => `Unsuspend ${target.name}`,
  consequences: () => ["People can sign in again at once; sessions that have not expired work again."],
  async run({ db, target }) {
    if (!target.suspension) throw new AppError("CONFLICT", { userMessage: `${target.name} is not suspended.` });
    await db.suspension.delete({ where: { id: target.suspension.id }, select: { id: true } });
  },
});

import { z } from "zod";
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
  unavailable: (target) => (target.suspension ? null : `${target.name} is not suspended.`),
  summary: ({ target }) => `Unsuspend ${target.name}`,
  consequences: () => ["People can sign in again at once; sessions that have not expired work again."],
  async run({ db, target }) {
    await db.suspension.delete({ where: { organizationId: target.id }, select: { id: true } });
  },
});

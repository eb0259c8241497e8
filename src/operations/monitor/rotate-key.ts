import { z } from "zod";
import { defineOperation } from "#server/operation.ts";

export const monitorRotateKey = defineOperation({
  name: "monitor.rotateKey",
  title: "New ping address",
  description: "For when the address got around: the old one stops working at once, so every job that uses it has to learn the new one.",
  target: "Monitor",
  allowCustomer: { owner: true, admin: true },
  risk: "risky",
  input: z.strictObject({}),
  summary: ({ target }) => `Give the monitor ${target.name} a new ping address`,
  async run({ db, target }) {
    await db.$executeRaw`UPDATE "Monitor" SET "pingKey" = new_secret() WHERE "id" = ${target.id}`;
  },
});

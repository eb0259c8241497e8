import { z } from "zod";
import { defineOperation } from "#server/operation.ts";

export const monitorDelete = defineOperation({
  name: "monitor.delete",
  title: "Delete monitor",
  description: "Its history goes with it, and its ping address stops working.",
  target: "Monitor",
  allowCustomer: { owner: true, admin: true },
  risk: "risky",
  input: z.strictObject({}),
  summary: ({ target }) => `Delete the monitor ${target.name}`,
  async run({ db, target }) {
    await db.monitor.delete({ where: { id: target.id }, select: { id: true } });
  },
});

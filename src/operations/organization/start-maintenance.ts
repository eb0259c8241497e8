import { z } from "zod";
import { text } from "#lib/text.ts";
import { defineOperation } from "#server/operation.ts";

export const organizationStartMaintenance = defineOperation({
  name: "organization.startMaintenance",
  title: "Start maintenance",
  description: "Shows its people a message instead of the product, until maintenance ends. Pings are taken.",
  target: "Organization",
  allow: { operations: true },
  risk: "risky",
  bulk: true,
  input: z.strictObject({ message: text({ max: 300 }).meta({ title: "Message", help: "What its people read meanwhile" }) }),
  unavailable: (target) => (target.maintenance ? `${target.name} is under maintenance already.` : null),
  inverse: () => ({ operation: "organization.endMaintenance" }),
  summary: ({ target }) => `Put ${target.name} under maintenance`,
  consequences: () => ["Staff who view as its people still see the product.", "The REST API answers 503."],
  async run({ db, target, input }) {
    await db.maintenance.create({ data: { organizationId: target.id, message: input.message }, select: { id: true } });
  },
});

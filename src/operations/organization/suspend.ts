import { z } from "zod";
import { defineOperation } from "#server/operation.ts";

export const organizationSuspend = defineOperation({
  name: "organization.suspend",
  title: "Suspend",
  description: "Refuses its people and its monitors' pings until it is unsuspended. Nothing is deleted.",
  target: "Organization",
  allow: { operations: true },
  risk: "risky",
  ticket: "required",
  input: z.strictObject({}),
  unavailable: (target) => (target.suspension ? `${target.name} is suspended already.` : null),
  inverse: () => ({ operation: "organization.unsuspend" }),
  summary: ({ target }) => `Suspend ${target.name}`,
  consequences: ({ target }) => [`Nobody can use ${target.name} from the next request on.`, "Its monitors' pings are refused."],
  async run({ db, target, reason, ticket }) {
    await db.suspension.create({ data: { organizationId: target.id, reason: reason ?? "", ticket: ticket ?? "" }, select: { id: true } });
  },
});

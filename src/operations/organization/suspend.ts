import { z } from "zod";
import { AppError } from "#server/errors.ts";
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
  summary: ({ target }) => `Suspend ${target.name}`,
  consequences: ({ target }) => [`Nobody can use ${target.name} from the next request on.`, "Its monitors' pings are refused."],
  async run({ db, target, reason, ticket }) {
    if (target.suspension) throw new AppError("CONFLICT", { userMessage: `${target.name} is suspended already.` });
    await db.suspension.create({ data: { organizationId: target.id, reason: reason ?? "", ticket: ticket ?? "" }, select: { id: true } });
  },
});

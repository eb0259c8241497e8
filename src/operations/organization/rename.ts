import { z } from "zod";
import { text } from "#lib/text.ts";
import { AppError } from "#server/errors.ts";
import { defineOperation } from "#server/operation.ts";

export const organizationRename = defineOperation({
  name: "organization.rename",
  title: "Rename",
  description: "Changes the name that customers and staff see; addresses stay as they are.",
  target: "Organization",
  allow: { support: true },
  allowCustomer: { owner: true },
  risk: "routine",
  whileImpersonating: "whenWriting",
  input: z.strictObject({ name: text({ max: 100 }).meta({ title: "New name" }) }),
  defaults: (target) => ({ name: target.name }),
  inverse: ({ changes }) => ({ operation: "organization.rename", input: { name: changes[0]?.before?.name } }),
  summary: ({ target, input }) => `Rename ${target.name} to ${input.name}`,
  async run({ db, target, input }) {
    if (input.name === target.name)
      throw new AppError("CONFLICT", {
        userMessage: "That is its name already.",
        details: { fields: { "input.name": "That is its name already." } },
      });
    await db.organization.update({ where: { id: target.id }, data: { name: input.name }, select: { id: true } });
  },
});

import { z } from "zod";
import { supportAccessChoices, supportAccessNames } from "#domain/support-access.ts";
import { AppError } from "#server/errors.ts";
import { defineOperation } from "#server/operation.ts";
import { endUnfounded } from "#server/support-access.ts";

export const organizationSetSupportAccess = defineOperation({
  name: "organization.setSupportAccess",
  title: "Choose support access",
  description: "Whether our staff may view the organization, on what condition, and whether you get a mail afterwards.",
  target: "Organization",
  allowCustomer: { owner: true },
  risk: "routine",
  input: z.strictObject({
    access: z.enum(supportAccessNames).meta({ title: "Access" }),
    mails: z.boolean().meta({ title: "E-mail after each access" }),
  }),
  summary: ({ target, input }) =>
    `Set support access of ${target.name} to “${supportAccessChoices[input.access].title}”, ${input.mails ? "with" : "without"} mail afterwards`,
  consequences: () => ["What our staff have open at this moment and is no longer allowed ends."],
  async run({ db, target, input }) {
    const data = { supportAccess: input.access, supportMails: input.mails };
    const changed = await db.organization.updateMany({ where: { id: target.id, NOT: data }, data });
    if (changed.count === 0) throw new AppError("CONFLICT", { userMessage: "This is your choice already." });
    return { ended: await endUnfounded(db, target.id) };
  },
});

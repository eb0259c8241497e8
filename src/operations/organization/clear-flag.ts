import { z } from "zod";
import { flagTitle } from "#domain/flags.ts";
import { text } from "#lib/text.ts";
import { AppError } from "#server/errors.ts";
import { inverseOfFlag } from "#server/flags.ts";
import { defineOperation } from "#server/operation.ts";

export const organizationClearFlag = defineOperation({
  name: "organization.clearFlag",
  title: "Clear a flag",
  description: "Gives this customer the flag's default again.",
  target: "Organization",
  allow: { engineering: true },
  risk: "routine",
  bulk: true,
  // Any name: also a flag that the code knows no more can be cleared.
  input: z.strictObject({ flag: text({ max: 60 }).meta({ title: "Flag", help: "Its name, as on the organization’s page" }) }),
  inverse: ({ changes }) => inverseOfFlag(changes),
  summary: ({ target, input }) => `Clear “${flagTitle(input.flag)}” for ${target.name}`,
  consequences: () => ["It counts within two seconds."],
  async run({ db, target, input }) {
    const { count } = await db.organizationFlag.deleteMany({ where: { organizationId: target.id, flag: input.flag } });
    if (count === 0) {
      const sentence = `${target.name} has no flag “${input.flag}” of its own.`;
      throw new AppError("CONFLICT", { userMessage: sentence, details: { fields: { "input.flag": sentence } } });
    }
  },
});

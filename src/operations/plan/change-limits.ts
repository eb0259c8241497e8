import { z } from "zod";
import { limitFields, startFields } from "#domain/limits.ts";
import { allOfThese } from "#lib/text.ts";
import { AppError } from "#server/errors.ts";
import { defineOperation } from "#server/operation.ts";

const fields = { ...limitFields, ...startFields };
const names = Object.keys(fields) as (keyof typeof fields)[];

export const planChangeLimits = defineOperation({
  name: "plan.changeLimits",
  title: "Change limits",
  description: "What a plan allows, for all of its customers.",
  target: "Plan",
  allow: { engineering: true },
  risk: "risky",
  input: z.strictObject(fields),
  defaults: (target) => Object.fromEntries(names.map((name) => [name, target[name]])),
  inverse: ({ changes }) => ({ operation: "plan.changeLimits", input: { ...changes[0]?.before } }),
  summary({ target, input }) {
    const changed = names.filter((name) => input[name] !== target[name]);
    const words = changed.map((name) => `${(fields[name].meta()?.title ?? name).toLowerCase()} from ${target[name]} to ${input[name]}`);
    return `Change the limits of the ${target.name} plan: ${allOfThese(words) || "nothing"}`;
  },
  consequences: ({ target }) => [
    `They count at once for every organization on ${target.name} that has no limits of its own.`,
    "Seats and the trial count for those who sign up from now on; nobody loses what they have, but may not add to it above a limit.",
  ],
  async run({ db, target, input }) {
    if (names.every((name) => input[name] === target[name]))
      throw new AppError("CONFLICT", { userMessage: "These are its limits already." });
    await db.plan.update({ where: { id: target.id }, data: input, select: { id: true } });
  },
});

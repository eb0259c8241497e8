import { z } from "zod";
import { email, password, text } from "#lib/text.ts";
import { hashPassword } from "#server/auth/password.ts";
import { requireStrongPassword } from "#server/auth/password-strength.ts";
import { limitVisits } from "#server/auth/visit-limit.ts";
import { accountWork } from "#server/effects/account.ts";
import { defineOperation } from "#server/operation.ts";

export const userSignUp = defineOperation({
  name: "user.signUp",
  title: "Sign up",
  description: "Asks for an account and an organization. They are made when the mailed link is confirmed.",
  target: "System",
  allowVisitor: true,
  risk: "routine",
  input: z.strictObject({
    name: text({ max: 100 }).meta({ title: "Your name" }),
    organizationName: text({ max: 100 }).meta({ title: "Organization" }),
    email: email().meta({ title: "E-mail" }),
    password: password({ min: 12 }).meta({ title: "Password", secret: true }),
  }),
  summary: () => "Ask for an account",
  async run({ db, input, context, effect }) {
    const { name, organizationName, email } = input;
    // Before the hash, which is expensive on purpose: whoever is above their limit costs nothing.
    await limitVisits(db, { operation: "user.signUp", email, sourceIp: context.sourceIp });
    await requireStrongPassword(input.password, { field: "input.password", about: [name, organizationName, email] });
    const passwordHash = await hashPassword(input.password);
    const [signUp] = await db.$queryRaw<{ id: string }[]>`
      INSERT INTO "SignUp" ("email", "name", "organizationName", "passwordHash")
      VALUES (${email}, ${name}, ${organizationName}, ${passwordHash}) RETURNING "id"`;
    if (signUp) effect(accountWork({ kind: "signUp", signUpId: signUp.id }));
  },
});

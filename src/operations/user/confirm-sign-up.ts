import { z } from "zod";
import { password, text } from "#lib/text.ts";
import { requireChosenPassword, takeSignUp } from "#server/auth/sign-up.ts";
import { AppError } from "#server/errors.ts";
import { createOrganization, freeSlug } from "#server/new-organization.ts";
import { defineOperation } from "#server/operation.ts";
import { becomeCustomer } from "#server/stripe/become-customer.ts";

const planOfSignUps = "team";

export const userConfirmSignUp = defineOperation({
  name: "user.confirmSignUp",
  title: "Confirm sign-up",
  description: "Makes the account and its organization, for who has got the mail and knows the password.",
  target: "System",
  allowVisitor: true,
  risk: "routine",
  input: z.strictObject({
    token: text({ max: 200 }).meta({ title: "Link", secret: true }),
    password: password({ min: 1 }).meta({ title: "Password", secret: true }),
  }),
  summary: () => "Confirm a sign-up",
  async run({ db, input, eventId, effect }) {
    const { email, name, organizationName, passwordHash } = await takeSignUp(db, input.token);
    await requireChosenPassword({ passwordHash, typed: input.password });
    if (await db.user.findUnique({ where: { email }, select: { id: true } }))
      throw new AppError("CONFLICT", { userMessage: "There is an account with this address already. Sign in." });
    const now = new Date();
    const user = await db.user.create({
      data: { email, name, passwordHash, passwordChangedAt: now, emailVerifiedAt: now },
      select: { id: true },
    });
    const slug = await freeSlug(db, organizationName);
    const { id } = await createOrganization(db, { name: organizationName, slug, planId: planOfSignUps, ownerId: user.id });
    await becomeCustomer({ db, effect, eventId }, { organizationId: id, name: organizationName });
    return { userId: user.id, slug, email };
  },
});

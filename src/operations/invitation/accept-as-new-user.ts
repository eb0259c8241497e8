import { z } from "zod";
import { aRole } from "#domain/memberships.ts";
import { password, text } from "#lib/text.ts";
import { hashPassword } from "#server/auth/password.ts";
import { requireStrongPassword } from "#server/auth/password-strength.ts";
import { AppError } from "#server/errors.ts";
import { closedBecause, joinOrganization } from "#server/invitations.ts";
import { defineOperation, type RunArguments } from "#server/operation.ts";

export const invitationAcceptAsNewUser = defineOperation({
  name: "invitation.acceptAsNewUser",
  title: "Accept the invitation with a new account",
  description: "Makes an account for the invited address, which the mailed link has proven, and joins the organization.",
  target: "Invitation",
  allowCustomer: { self: true },
  risk: "routine",
  input: z.strictObject({
    name: text({ max: 100 }).meta({ title: "Your name" }),
    password: password({ min: 12 }).meta({ title: "Password", secret: true }),
  }),
  unavailable: closedBecause,
  summary: ({ target }) => `Join ${target.organization.name} as ${aRole(target.role)} with a new account`,
  async run({ db, target, input }) {
    const userId = await makeUser(db, { email: target.email, ...input });
    return joinOrganization(db, target, userId);
  },
});

type NewUser = { email: string; name: string; password: string };

/** Somebody whom staff entered as an owner has an account without a password, and sets it here. */
async function makeUser(db: RunArguments<"Invitation", unknown>["db"], { email, name, password: typed }: NewUser): Promise<string> {
  const known = await db.user.findUnique({ where: { email }, select: { id: true, passwordHash: true } });
  if (known?.passwordHash) throw new AppError("CONFLICT", { userMessage: "There is an account with this address. Sign in to accept." });
  await requireStrongPassword(typed, { field: "input.password", about: [name, email] });
  const now = new Date();
  const data = { name, passwordHash: await hashPassword(typed), passwordChangedAt: now, emailVerifiedAt: now };
  const user = known
    ? await db.user.update({ where: { id: known.id }, data, select: { id: true } })
    : await db.user.create({ data: { email, ...data }, select: { id: true } });
  return user.id;
}

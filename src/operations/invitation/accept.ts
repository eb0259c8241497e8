import { z } from "zod";
import { aRole } from "#domain/memberships.ts";
import { AppError } from "#server/errors.ts";
import { closedBecause, joinOrganization } from "#server/invitations.ts";
import { defineOperation } from "#server/operation.ts";

export const invitationAccept = defineOperation({
  name: "invitation.accept",
  title: "Accept the invitation",
  description: "You join the organization with the account that you are signed in with.",
  target: "Invitation",
  allowCustomer: { self: true },
  risk: "routine",
  input: z.strictObject({}),
  unavailable: closedBecause,
  summary: ({ target }) => `Join ${target.organization.name} as ${aRole(target.role)}`,
  next: ({ slug }) => `/o/${slug}/monitors`,
  async run({ db, target, context }) {
    // Whoever holds the link alone has no account yet.
    if (context.actor.type !== "user" || !context.actor.sessionId) throw new AppError("FORBIDDEN", { userMessage: "Sign in first." });
    return joinOrganization(db, target, context.actor.id);
  },
});

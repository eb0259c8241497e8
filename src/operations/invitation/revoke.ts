import { z } from "zod";
import { defineOperation } from "#server/operation.ts";

export const invitationRevoke = defineOperation({
  name: "invitation.revoke",
  title: "Withdraw the invitation",
  description: "Its link stops working, and its seat is free.",
  target: "Invitation",
  allow: { support: true },
  allowCustomer: { owner: true, admin: true },
  risk: "routine",
  input: z.strictObject({}),
  unavailable({ acceptedAt, revokedAt }) {
    if (acceptedAt) return "This invitation has been accepted. Remove the person instead.";
    return revokedAt ? "This invitation was withdrawn already." : null;
  },
  summary: ({ target }) => `Withdraw an invitation to ${target.organization.name}`,
  async run({ db, target }) {
    await db.invitation.update({ where: { id: target.id }, data: { revokedAt: new Date() }, select: { id: true } });
  },
});

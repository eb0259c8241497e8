import type { Prisma } from "#generated/prisma/client.ts";
import { defineTarget } from "./define-target.ts";
import { organization } from "./select.ts";

/** Whom somebody invited as what, and what came of it. */
export const invitationSelect = {
  id: true,
  organizationId: true,
  email: true,
  role: true,
  acceptedAt: true,
  revokedAt: true,
  expiresAt: true,
  organization,
} as const;

export const invitationTarget = defineTarget({
  title: "Invitation",
  find: (db, where: Prisma.InvitationWhereInput) =>
    db.invitation.findFirst({
      where,
      select: invitationSelect,
      relationLoadStrategy: "join",
    }),
  label: (row) => `Invitation to ${row.organization.name}`,
  organizationId: (row) => row.organizationId,
  phrase: (row) => row.email,
  phraseBelongsTo: () => null,
  path: (row) => `/admin/organizations/${row.organizationId}`,
  organizationField: "organizationId",
  emailField: "email",
});

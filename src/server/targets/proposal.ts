import type { Prisma } from "#generated/prisma/client.ts";
import { defineTarget } from "./define-target.ts";

export const proposalTarget = defineTarget({
  title: "Proposal",
  find: (db, where: Prisma.ProposalWhereInput) =>
    db.proposal.findFirst({
      where,
      select: {
        id: true,
        operation: true,
        summary: true,
        organizationId: true,
        requesterId: true,
        state: true,
        hash: true,
        expiresAt: true,
      },
    }),
  label: (row) => row.summary,
  organizationId: (row) => row.organizationId,
  phrase: (row) => row.id,
  path: (row) => `/admin/proposals/${row.id}`,
});

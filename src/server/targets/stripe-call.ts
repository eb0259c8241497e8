import type { Prisma } from "#generated/prisma/client.ts";
import { defineTarget } from "./define-target.ts";
import { organization } from "./select.ts";

const select = {
  id: true,
  organizationId: true,
  kind: true,
  objectId: true,
  parameters: true,
  state: true,
  stripeId: true,
  failure: true,
  eventId: true,
  organization,
} as const;

export const stripeCallTarget = defineTarget({
  title: "Call to Stripe",
  async find(db, where: Prisma.StripeCallWhereInput) {
    const call = await db.stripeCall.findFirst({ where, select, relationLoadStrategy: "join" });
    if (!call) return null;
    const givesMoney = call.kind === "refund" || call.kind === "credit";
    const money = givesMoney
      ? await db.ledgerEntry.findUnique({ where: { id: call.objectId }, select: { amount: true, currency: true, state: true } })
      : null;
    return { ...call, money };
  },
  label: (row) => `Stripe: ${row.kind} (${row.organization.name})`,
  organizationId: (row) => row.organizationId,
  phrase: (row) => row.organization.slug,
  path: (row) => `/admin/organizations/${row.organizationId}`,
});

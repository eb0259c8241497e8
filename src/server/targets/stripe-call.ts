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
  gives: true,
  givesCurrency: true,
  organization,
} as const;

export const stripeCallTarget = defineTarget({
  title: "Call to Stripe",
  async find(db, where: Prisma.StripeCallWhereInput) {
    const call = await db.stripeCall.findFirst({ where, select, relationLoadStrategy: "join" });
    if (!call) return null;
    const givesMoney = call.kind === "refund" || call.kind === "credit";
    const entry = givesMoney
      ? await db.ledgerEntry.findUnique({ where: { id: call.objectId }, select: { amount: true, currency: true, state: true } })
      : null;
    const { gives, givesCurrency, ...rest } = call;
    // What it gives the customer: as the ledger says, or beside it, as when the plan changes.
    const money = entry ?? (gives && givesCurrency ? { amount: gives, currency: givesCurrency, state: call.state } : null);
    return { ...rest, money };
  },
  label: (row) => `Stripe: ${row.kind} (${row.organization.name})`,
  organizationId: (row) => row.organizationId,
  phrase: (row) => row.organization.slug,
  path: (row) => `/admin/organizations/${row.organizationId}`,
});

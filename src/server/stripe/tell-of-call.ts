import { creditGiven, refundIssued, stripeRefused } from "#domain/mails/registry.ts";
import { formatMoney } from "#lib/money.ts";
import type { Transaction } from "../db.ts";
import type { Effect } from "../effects/effect.ts";
import { mail } from "../effects/mail.ts";
import { ownersOf } from "../organization-owners.ts";
import type { TargetRow } from "../targets.ts";

type Call = Pick<TargetRow<"StripeCall">, "kind" | "objectId" | "parameters" | "organization" | "organizationId">;

/** The customer hears of money once it was given, not before: Stripe may refuse. */
export async function tellOfGift(db: Transaction, { kind, objectId, parameters, organizationId, organization }: Call): Promise<Effect[]> {
  if (kind !== "refund" && kind !== "credit") return [];
  const { amount, currency, invoice } = await db.ledgerEntry.findUniqueOrThrow({
    where: { id: objectId },
    select: { amount: true, currency: true, invoice: { select: { id: true, number: true } } },
  });
  const base = { organizationName: organization.name, slug: organization.slug, amount, currency };
  const { description = "" } = parameters as { description?: string };
  return (await ownersOf(db, organizationId)).map((to) =>
    invoice
      ? mail(refundIssued, { to, data: { ...base, invoiceId: invoice.id, number: invoice.number } })
      : mail(creditGiven, { to, data: { ...base, description } }),
  );
}

type Refused = Pick<Call, "kind" | "objectId" | "organization" | "organizationId"> & {
  eventId?: string;
  failure: string | null;
  wasDone?: boolean;
};

/** Whoever asked for it, if that was somebody of the staff; others see what was refused on the pages. */
export async function tellOfRefusal(db: Transaction, call: Refused): Promise<Effect[]> {
  const { kind, objectId, organizationId, organization, eventId, failure, wasDone = false } = call;
  const isMoney = kind === "refund" || kind === "credit";
  const entry = isMoney
    ? await db.ledgerEntry.findUnique({ where: { id: objectId }, select: { amount: true, currency: true, staffMemberId: true } })
    : null;
  const run = eventId ? await db.auditEvent.findFirst({ where: { id: eventId, actorType: "staff" }, select: { actorId: true } }) : null;
  const to = await db.staffMember.findUnique({
    where: { id: run?.actorId ?? entry?.staffMemberId ?? "" },
    select: { email: true, name: true },
  });
  if (!to) return [];
  const money = entry && formatMoney(entry.amount, entry.currency);
  const data = { kind, organizationId, organizationName: organization.name, failure, money, wasDone };
  return [mail(stripeRefused, { to, data })];
}

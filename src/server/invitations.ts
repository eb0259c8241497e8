import type { SignedInContext } from "./actor.ts";
import { requireOpen } from "./closure.ts";
import type { Transaction } from "./db.ts";
import type { Recipient } from "./effects/mail.ts";
import { AppError } from "./errors.ts";
import { findSeats, lockOrganization } from "./seats.ts";
import type { TargetRow } from "./targets.ts";

type Row = TargetRow<"Invitation">;

/** Nobody knows their name yet, and a preview must not tell their address. */
export function invitedPerson(email: string): Recipient {
  return { email, name: "Invited person" };
}

/** Who invites, as the invited person reads it. */
export function inviterLabel({ actor }: SignedInContext): string {
  return actor.type === "staff" ? `${actor.label} (Countersign support)` : actor.label;
}

/** Why nobody can accept it, in a sentence; null while it is open. */
export function closedBecause({ acceptedAt, revokedAt, expiresAt, organization }: Row, now = new Date()): string | null {
  if (acceptedAt) return "This invitation has been accepted already. A link works once.";
  if (revokedAt) return `This invitation to ${organization.name} was withdrawn. Ask there for a new one.`;
  if (expiresAt <= now) return `This invitation to ${organization.name} has expired. Ask there to send it again.`;
  return null;
}

/** Throws CONFLICT where this address is in the organization, or invited to it and expected to answer. */
export async function requireNotYetIn(
  db: Transaction,
  { organization, email, except }: { organization: { id: string; name: string }; email: string; except?: string },
): Promise<void> {
  const organizationId = organization.id;
  if (await db.membership.findFirst({ where: { organizationId, user: { email } }, select: { id: true } }))
    throw conflict(`Somebody with this address is in ${organization.name} already.`);
  const [open] = await db.$queryRaw<unknown[]>`
    SELECT 1 FROM "Invitation" WHERE "organizationId" = ${organizationId} AND "email" = ${email} AND "id" <> ${except ?? ""}
      AND "acceptedAt" IS NULL AND "revokedAt" IS NULL AND "expiresAt" > now() LIMIT 1`;
  if (open) throw conflict("This address is invited already. Send that invitation again instead.");
}

/** Makes the invited person a member, once. The invitation must be locked and open. */
export async function joinOrganization(db: Transaction, invitation: Row, userId: string): Promise<{ membershipId: string; slug: string }> {
  const { id, organizationId, organization, role } = invitation;
  await lockOrganization(db, organizationId);
  await requireOpen(db, organizationId);
  if (await db.membership.findFirst({ where: { organizationId, userId }, select: { id: true } }))
    throw new AppError("CONFLICT", { userMessage: `You are in ${organization.name} already.` });
  const { members, licensed, lent } = await findSeats(db, organizationId);
  if (members >= licensed + lent) {
    throw new AppError("CONFLICT", {
      userMessage: `${organization.name} has no free seat any more. Ask there for one; the invitation stays open until then.`,
    });
  }
  const membership = await db.membership.create({ data: { organizationId, userId, role }, select: { id: true } });
  await db.invitation.update({ where: { id }, data: { acceptedAt: new Date() }, select: { id: true } });
  return { membershipId: membership.id, slug: organization.slug };
}

function conflict(sentence: string): AppError {
  return new AppError("CONFLICT", { userMessage: sentence, details: { fields: { "input.email": sentence } } });
}

import { z } from "zod";
import { describeRole, elevationOf } from "#domain/memberships.ts";
import { describeOverage, describeSeats, seatsUsed } from "#domain/seats.ts";
import { text } from "#lib/text.ts";
import { reader } from "#server/db.ts";
import { AppError } from "#server/errors.ts";
import { reach } from "#server/reach.ts";
import { findSeats } from "#server/seats.ts";
import { invitationSelect } from "#server/targets/invitation.ts";
import type { TargetRow } from "#server/targets.ts";
import { type ProcedureContext, router, seatProcedure } from "#server/trpc.ts";
import { mayFor } from "./may.ts";
import { findOrganizationBySlug } from "./organizations.ts";

const bySlug = z.strictObject({ slug: text({ max: 60 }) });
const memberSelect = {
  id: true,
  role: true,
  elevatedRole: true,
  elevatedUntil: true,
  organizationId: true,
  userId: true,
  createdAt: true,
  user: { select: { id: true, name: true, email: true } },
  organization: { select: { id: true, name: true, slug: true } },
} as const;

export const membersRouter = router({
  /** An organization's people, owners first, who is invited, and the seats they take. */
  list: seatProcedure.input(bySlug).query(async ({ ctx, input: { slug } }) => {
    const organization = await findOrganizationBySlug(ctx, slug);
    const [members, invitations, seats] = await Promise.all([
      reader().membership.findMany({
        where: { organizationId: organization.id, AND: [reach(ctx.ability, "read", "Membership")] },
        orderBy: [{ role: "asc" }, { id: "asc" }],
        take: 200,
        relationLoadStrategy: "join",
        select: memberSelect,
      }),
      listInvitations(ctx, organization.id),
      findSeats(reader(), organization.id),
    ]);
    return {
      organization,
      members: members.map((member) => ({
        ...describeMember(member),
        manage: mayFor(ctx, "membership.changeRole", "Membership", member),
      })),
      invitations,
      seats: {
        used: seatsUsed(seats),
        inForce: seats.licensed + seats.lent,
        words: describeSeats(seats),
        overage: describeOverage("Your organization", seats),
      },
      invite: mayFor(ctx, "membership.invite", "Organization", organization),
      rename: mayFor(ctx, "organization.rename", "Organization", organization),
    };
  }),

  /** One person's place in an organization, and what may be done about it from this seat. */
  get: seatProcedure.input(bySlug.extend({ id: text({ max: 64 }) })).query(async ({ ctx, input: { slug, id } }) => {
    const organization = await findOrganizationBySlug(ctx, slug);
    const member = await reader().membership.findFirst({
      where: { id, organizationId: organization.id, AND: [reach(ctx.ability, "read", "Membership")] },
      relationLoadStrategy: "join",
      select: memberSelect,
    });
    if (!member) throw new AppError("NOT_FOUND", { userMessage: `There is no such person in ${organization.name}.` });
    const may = (verb: string) => mayFor(ctx, `membership.${verb}`, "Membership", member);
    return {
      member: describeMember(member),
      isOwn: member.userId === ctx.seat.id,
      may: {
        changeRole: may("changeRole"),
        elevate: member.role === "owner" ? null : may("elevate"),
        endElevation: elevationOf(member) ? may("endElevation") : null,
        remove: may("remove"),
        leave: may("leave"),
      },
    };
  }),
});

function describeMember<Row extends TargetRow<"Membership">>(member: Row) {
  return { ...member, roleInWords: describeRole(member) };
}

/** Those that nobody has answered, also where they have expired. */
async function listInvitations(ctx: ProcedureContext, organizationId: string) {
  const invitations = await reader().invitation.findMany({
    where: { organizationId, acceptedAt: null, revokedAt: null, AND: [reach(ctx.ability, "read", "Invitation")] },
    orderBy: { id: "desc" },
    take: 100,
    relationLoadStrategy: "join",
    select: { ...invitationSelect, createdAt: true, invitedByLabel: true },
  });
  return invitations.map((invitation) => ({
    ...invitation,
    expired: invitation.expiresAt <= new Date(),
    whyNot: mayFor(ctx, "invitation.resend", "Invitation", invitation).whyNot,
  }));
}

import type { OrganizationRole } from "#generated/prisma/enums.ts";
import type { UserActor } from "#server/actor.ts";
import { systemContext } from "#server/system-context.ts";
import { asRole } from "../database.ts";
import { arrange, unique } from "../fixtures.ts";
import type { Scenarios, World } from "./scenario.ts";

const guest = (world: World) => `guest.${world.slug}@invited.example`;
const open = (world: World) => makeInvitation(world, { email: guest(world) });
const member = (world: World) => world.people.member.membershipId;

/** People, invitations and seats. */
export const peopleScenarios = {
  "invitation.accept": { targetOf: open, actorOf: (world) => makeGuest(guest(world)) },
  "invitation.acceptAsNewUser": {
    targetOf: open,
    input: () => ({ name: "New Person", password: `a long password ${unique()}` }),
    actorOf: (world) => bearerOf(guest(world)),
  },
  "invitation.resend": { targetOf: (world) => makeInvitation(world, { email: guest(world), sentDaysAgo: 2 }) },
  "invitation.revoke": { targetOf: open },
  "membership.elevate": { targetOf: member, input: () => ({ role: "admin", until: tomorrow() }) },
  "membership.endElevation": { targetOf: (world) => elevate(world.people.member.membershipId, "admin") },
  "membership.expireElevation": {
    targetOf: (world) => elevate(world.people.member.membershipId, "admin", new Date(Date.now() - 1_000)),
    actorOf: () => systemContext("Test").actor,
  },
  "membership.invite": { targetOf: (world) => world.id, input: () => ({ email: `${unique()}@invited.example`, role: "member" }) },
  "membership.leave": { targetOf: member, actorOf: (world) => world.people.member.actor },
  "membership.remove": { targetOf: member },
  "subscription.endSeatExpansion": { targetOf: (world) => expandSeats(world) },
  "subscription.expandSeats": { targetOf: (world) => world.id, input: () => ({ seats: 2, lastDay: tomorrow().slice(0, 10) }) },
  "subscription.reclaimSeats": { targetOf: leaveUnseen, input: () => ({ days: 60 }) },
  "subscription.setSeats": { targetOf: (world) => world.id, input: () => ({ seats: 4 }) },
} satisfies Scenarios;

type InvitationOptions = { email: string; role?: OrganizationRole; sentDaysAgo?: number };

export async function makeInvitation(
  world: { id: string },
  { email, role = "member", sentDaysAgo = 0 }: InvitationOptions,
): Promise<string> {
  const { id } = await arrange((db) =>
    db.invitation.create({ data: { organizationId: world.id, email, role, invitedByLabel: "Somebody" }, select: { id: true } }),
  );
  if (sentDaysAgo > 0) await letTimePass("Invitation", id, ["createdAt", "expiresAt"], sentDaysAgo);
  return id;
}

/** A signed-in person with this address who is in no organization. */
export async function makeGuest(email: string): Promise<UserActor> {
  return arrange(async (db) => {
    const user = await db.user.create({ data: { email, name: `Guest ${unique()}` }, select: { id: true, name: true } });
    const session = await db.session.create({ data: { userId: user.id }, select: { id: true } });
    return { type: "user", id: user.id, label: user.name, email, memberships: [], sessionId: session.id };
  });
}

export function bearerOf(email: string): UserActor {
  return { type: "user", id: `ivt_${unique()}`, label: "Invited person", email, memberships: [], sessionId: null };
}

export async function elevate(membershipId: string, role: OrganizationRole, until = new Date(Date.now() + 3_600_000)): Promise<string> {
  await arrange((db) =>
    db.membership.update({ where: { id: membershipId }, data: { elevatedRole: role, elevatedUntil: until }, select: { id: true } }),
  );
  return membershipId;
}

export async function expandSeats(world: { id: string }, seats = 2): Promise<string> {
  const endsAt = new Date(Date.now() + 86_400_000);
  await arrange((db) => db.seatExpansion.create({ data: { organizationId: world.id, seats, endsAt }, select: { id: true } }));
  return world.id;
}

/** Moves times of a row into the past, as only the database's superuser can. */
export function letTimePass(table: string, id: string, columns: readonly string[], days: number): Promise<unknown> {
  const changes = columns.map((column) => `"${column}" = "${column}" - make_interval(days => $2)`);
  return asRole("superuser", (client) => client.query(`UPDATE "${table}" SET ${changes.join(", ")} WHERE "id" = $1`, [id, days]));
}

async function leaveUnseen(world: World): Promise<string> {
  await letTimePass("Membership", world.people.member.membershipId, ["createdAt"], 90);
  return world.id;
}

function tomorrow(): string {
  return new Date(Date.now() + 86_400_000).toISOString().slice(0, 16);
}

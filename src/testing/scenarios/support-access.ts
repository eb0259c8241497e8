import type { AccessRequestState, SupportAccess } from "#generated/prisma/enums.ts";
import type { StaffActor } from "#server/actor.ts";
import { asRole } from "../database.ts";
import { arrange, makeStaff } from "../fixtures.ts";
import { beginImpersonation } from "./impersonations.ts";
import type { Scenarios, World } from "./scenario.ts";

const requesters = new WeakMap<World, StaffActor>();
const owner = (world: World) => world.people.owner.actor;

/** What customers allow, and what a second person finds. */
export const supportAccessScenarios = {
  "organization.setSupportAccess": {
    targetOf: (world) => world.id,
    input: () => ({ access: "askFirst", mails: true }),
    actorOf: owner,
  },
  "accessRequest.create": {
    targetOf: async (world) => {
      await chooseSupportAccess(world, "askFirst");
      return world.people.member.membershipId;
    },
    actorOf: () => makeStaff("support"),
  },
  "accessRequest.allow": { targetOf: (world) => ask(world), input: () => ({ duration: "hour" }), actorOf: owner },
  "accessRequest.refuse": { targetOf: (world) => ask(world), actorOf: owner },
  "accessRequest.withdraw": { targetOf: (world) => ask(world), actorOf: requesterOf },
  "impersonation.review": { targetOf: endedImpersonation, input: () => ({ verdict: "notAppropriate", note: "Nobody asked for it." }) },
} satisfies Scenarios;

export function chooseSupportAccess(world: { id: string }, supportAccess: SupportAccess, supportMails = true): Promise<unknown> {
  return arrange((db) => db.organization.update({ where: { id: world.id }, data: { supportAccess, supportMails }, select: { id: true } }));
}

type Asking = { staff: StaffActor; world: World; userId?: string; state?: AccessRequestState };

/** A request as `accessRequest.create` makes it, answered where that is said: then it holds for an hour. */
export async function makeAccessRequest({ staff, world, userId = world.people.member.id, state = "pending" }: Asking): Promise<string> {
  const data = { organizationId: world.id, userId, staffMemberId: staff.id, staffLabel: staff.label, reason: "test", ticket: "T-1" };
  const { id } = await arrange((db) => db.accessRequest.create({ data, select: { id: true } }));
  if (state !== "pending")
    await arrange(
      (db) => db.$executeRaw`
    UPDATE "AccessRequest" SET "state" = ${state}::"AccessRequestState", "answeredAt" = now(), "answeredByLabel" = 'test',
      "allowedUntil" = CASE WHEN ${state} = 'allowed' THEN now() + interval '1 hour' END WHERE "id" = ${id}`,
    );
  return id;
}

export function makeSupportCase(id: string, world: { id: string } | null, open = true): Promise<unknown> {
  return arrange((db) =>
    db.supportCase.create({ data: { id, organizationId: world?.id ?? null, subject: "They see no monitors", open }, select: { id: true } }),
  );
}

/** What only the database's superuser can: the half hour of an impersonation is over. */
export function letExpire(impersonationId: string): Promise<unknown> {
  const sql = `UPDATE "Impersonation" SET "startedAt" = now() - interval '31 minutes', "expiresAt" = now() - interval '1 minute' WHERE "id" = $1`;
  return asRole("superuser", (client) => client.query(sql, [impersonationId]));
}

async function ask(world: World): Promise<string> {
  const staff = await makeStaff("support");
  requesters.set(world, staff);
  await chooseSupportAccess(world, "askFirst");
  return makeAccessRequest({ staff, world });
}

function requesterOf(world: World): StaffActor {
  const staff = requesters.get(world);
  if (!staff) throw new Error("Nobody has asked for access here.");
  return staff;
}

async function endedImpersonation(world: World): Promise<string> {
  const { id } = await beginImpersonation({ starter: await makeStaff("support"), world, userId: world.people.member.id, mode: "write" });
  await arrange((db) => db.$executeRaw`UPDATE "Impersonation" SET "endedAt" = now(), "needsReview" = true WHERE "id" = ${id}`);
  return id;
}

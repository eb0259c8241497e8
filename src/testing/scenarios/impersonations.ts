import type { ImpersonationMode } from "#generated/prisma/enums.ts";
import type { StaffActor } from "#server/actor.ts";
import { arrange, makeStaff } from "../fixtures.ts";
import type { Scenarios, World } from "./scenario.ts";

const starters = new WeakMap<World, StaffActor>();

/** For operations on an impersonation that somebody of the support began. */
export const impersonationScenarios = {
  "impersonation.start": { targetOf: (world) => world.people.member.membershipId, actorOf: () => makeStaff("support") },
  "impersonation.end": { targetOf: (world) => begin(world, "readOnly"), actorOf: () => makeStaff("support") },
  "impersonation.stepUp": { targetOf: (world) => begin(world, "readOnly"), actorOf: starterOf },
  "impersonation.stepDown": { targetOf: (world) => begin(world, "write"), actorOf: () => makeStaff("support") },
  "impersonation.endAll": { targetOf: (world) => begin(world, "readOnly").then(() => "system") },
  "impersonation.endAllOf": { targetOf: (world) => begin(world, "write").then(() => starterOf(world).id) },
} satisfies Scenarios;

/** Whoever began the impersonation of this world. */
function starterOf(world: World): StaffActor {
  const starter = starters.get(world);
  if (!starter) throw new Error("Nobody has begun an impersonation here.");
  return starter;
}

async function begin(world: World, mode: ImpersonationMode): Promise<string> {
  const starter = await makeStaff("support");
  starters.set(world, starter);
  const { id } = await beginImpersonation({ starter, world, userId: world.people.member.id, mode });
  return id;
}

type Beginning = { starter: StaffActor; world: Pick<World, "id">; userId: string; mode?: ImpersonationMode };

/** An open impersonation as `impersonation.start` makes it. */
export function beginImpersonation({ starter, world, userId, mode = "readOnly" }: Beginning): Promise<{ id: string }> {
  const data = { staffMemberId: starter.id, staffSessionId: starter.sessionId, organizationId: world.id, userId, mode };
  return arrange((db) =>
    db.impersonation.create({ data: { ...data, reason: "test", ticket: "T-1", startEventId: "evt_test" }, select: { id: true } }),
  );
}

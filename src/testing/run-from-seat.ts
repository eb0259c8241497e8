import { getOperation } from "#router/registry.ts";
import type { SignedInContext, StaffActor } from "#server/actor.ts";
import { reader } from "#server/db.ts";
import { runOperation } from "#server/run-operation.ts";
import { contextOf, emptyContext, impersonating } from "./fixtures.ts";
import type { OperationName, World } from "./scenarios/scenario.ts";

/** Somebody of the staff in a customer's seat. */
export type Seat = { id: string; starter: StaffActor; world: World; mode: "readOnly" | "write"; person?: "owner" | "member" };
export type Asked = { targetId: string; input: unknown; confirmation?: string };

export function contextInSeat({ id, starter, world, mode, person = "owner" }: Seat): SignedInContext {
  return { ...emptyContext(), actor: starter, ...impersonating({ id, world, person: world.people[person].actor, mode }) };
}

/** "ran", or the code of the refusal. */
export async function runFromSeat(seat: Seat, name: OperationName, asked: Asked): Promise<string> {
  const { staffMemberId, staffSessionId } = await reader().impersonation.findUniqueOrThrow({
    where: { id: seat.id },
    select: { staffMemberId: true, staffSessionId: true },
  });
  const actor: StaffActor = { ...seat.starter, id: staffMemberId, sessionId: staffSessionId };
  const { ability, ...context } = contextOf(actor, contextInSeat(seat));
  const request = { operation: getOperation(name), context: { ...context, actor }, ability, envelope: asked };
  return runOperation(request).then(
    () => "ran",
    ({ code }: { code: string }) => code,
  );
}

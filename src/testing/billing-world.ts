import type { StaffRole } from "#generated/prisma/enums.ts";
import { getOperation } from "#router/registry.ts";
import { writer } from "#server/db.ts";
import { previewOperation } from "#server/run-operation.ts";
import { makeOrganization, makeStaff } from "./fixtures.ts";
import { subscribe } from "./scenarios/billing.ts";
import type { World } from "./scenarios/scenario.ts";
import { requestOf, runAsPeopleDo } from "./scenarios.ts";

export const inTenDays = new Date(new Date().setUTCHours(12, 0, 0, 0) + 10 * 86_400_000);

export type Asked = { name: string; targetId?: string; input?: Record<string, unknown>; role?: StaffRole };

export async function preparedOn(world: World, { name, targetId = world.id, input = {}, role = "billing" }: Asked) {
  return { operation: getOperation(name), actor: await makeStaff(role), targetId, input, world };
}

export async function runOn(world: World, asked: Asked) {
  return runAsPeopleDo(await preparedOn(world, asked));
}

export async function previewOn(world: World, asked: Asked) {
  return previewOperation(requestOf(await preparedOn(world, asked)));
}

export function subscriptionOf({ id }: World) {
  return writer().subscription.findUniqueOrThrow({ where: { organizationId: id } });
}

export async function callsOf({ id }: World) {
  const calls = await writer().stripeCall.findMany({ where: { organizationId: id }, orderBy: { id: "asc" } });
  return calls.map(({ kind, parameters }) => ({ kind, parameters }));
}

export async function makePayingCustomer(data: Parameters<typeof subscribe>[1] = {}): Promise<World & { stripe: string }> {
  const world = await makeOrganization();
  await subscribe(world, { status: "active", currentPeriodEndsAt: inTenDays, ...data });
  const { stripeSubscriptionId } = await subscriptionOf(world);
  return { ...world, stripe: stripeSubscriptionId ?? "" };
}

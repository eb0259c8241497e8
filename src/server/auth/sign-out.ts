import type { Context, StaffActor, UserActor } from "../actor.ts";
import { audited } from "../db.ts";

/** Ends a staff session at once, and with it whatever it is viewing. */
export async function signOutStaff(context: Context & { actor: StaffActor }): Promise<void> {
  const { id, label, sessionId } = context.actor;
  await audited(
    {
      context,
      operation: "staff.signOut",
      outcome: "succeeded",
      summary: `${label} signed out`,
      target: { type: "StaffMember", id, label },
    },
    (db) => db.$executeRaw`UPDATE "StaffSession" SET "endedAt" = now() WHERE "id" = ${sessionId} AND "endedAt" IS NULL`,
  );
}

/** Ends a customer's session at once. */
export async function signOutCustomer(context: Context & { actor: UserActor }): Promise<void> {
  const { id, label, sessionId } = context.actor;
  await audited(
    { context, operation: "user.signOut", outcome: "succeeded", summary: `${label} signed out`, target: { type: "User", id, label } },
    (db) => db.$executeRaw`UPDATE "Session" SET "endedAt" = now() WHERE "id" = ${sessionId} AND "endedAt" IS NULL`,
  );
}

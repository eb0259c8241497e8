import type { RequestInfo } from "../actor.ts";
import { inAuditScope, transaction } from "../db.ts";
import { attemptContext } from "./sign-in-context.ts";

export const maxFailedSignIns = 10;

/** Refuses this person's sign-ins for a while, unless that is so already. */
export async function lockOut({ id, name }: { id: string; name: string }, request: RequestInfo): Promise<void> {
  await transaction(async (db) => {
    await db.$queryRaw`SELECT 1 FROM "User" WHERE "id" = ${id} FOR NO KEY UPDATE`;
    const open = await db.$queryRaw<unknown[]>`SELECT 1 FROM "Lockout" WHERE "userId" = ${id} AND "until" > now()`;
    if (open.length > 0) return;
    const event = {
      context: attemptContext(request),
      operation: "user.lockOut",
      outcome: "succeeded",
      summary: `Lock ${name} out after ${maxFailedSignIns} failed sign-ins in a row`,
      target: { type: "User", id, label: name },
    } as const;
    await inAuditScope(db, event, async () => {
      await db.$executeRaw`DELETE FROM "Lockout" WHERE "userId" = ${id}`;
      await db.$executeRaw`INSERT INTO "Lockout" ("userId") VALUES (${id})`;
      await db.$executeRaw`UPDATE "User" SET "failedSignIns" = 0 WHERE "id" = ${id}`;
    });
  });
}

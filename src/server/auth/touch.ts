import { writer } from "../db.ts";
import { log } from "../log.ts";

/** Notes that staff were seen; nobody waits for it, and it happens at most once a minute. */
export function touchStaffSession(id: string): void {
  note(
    writer()
      .$executeRaw`UPDATE "StaffSession" SET "lastSeenAt" = now() WHERE "id" = ${id} AND "lastSeenAt" < now() - interval '60 seconds'`,
  );
}

/** The same for a customer's session, and for the person. */
export function touchUserSession(id: string): void {
  note(writer().$executeRaw`
    WITH seen AS (
      UPDATE "Session" SET "lastSeenAt" = now() WHERE "id" = ${id} AND "lastSeenAt" < now() - interval '60 seconds' RETURNING "userId"
    )
    UPDATE "User" SET "lastSeenAt" = now() FROM seen WHERE "User"."id" = seen."userId"`);
}

function note(update: Promise<unknown>): void {
  update.catch((error: unknown) => log.error({ err: error }, "a session's last-seen time could not be noted"));
}

import type { Context } from "../actor.ts";
import { bookkeeping, writer } from "../db.ts";
import type { Boundary } from "../effects/boundary.ts";
import { leaveTrace } from "../effects/trace.ts";

const nobodyElse = { onBehalfOf: null };
/** Their own session is in use, whoever's seat they sit in. */
const staffSeen = { name: "last seen of staff", whileImpersonating: "allow" } as const satisfies Boundary;
/** The customer was not here. */
const userSeen = { name: "last seen of a user", whileImpersonating: "suppress" } as const satisfies Boundary;

/** Notes that staff were seen, at most once a minute. */
export function touchStaffSession(id: string): void {
  leaveTrace(
    staffSeen,
    nobodyElse,
    () =>
      bookkeeping("staffSeen")
        .$executeRaw`UPDATE "StaffSession" SET "lastSeenAt" = now() WHERE "id" = ${id} AND "lastSeenAt" < now() - interval '60 seconds'`,
  );
}

/** The same for a customer's session, and for the person. */
export function touchUserSession(id: string, context: Pick<Context, "onBehalfOf">): void {
  leaveTrace(
    userSeen,
    context,
    () => writer().$executeRaw`
    WITH seen AS (
      UPDATE "Session" SET "lastSeenAt" = now() WHERE "id" = ${id} AND "lastSeenAt" < now() - interval '60 seconds' RETURNING "userId"
    )
    UPDATE "User" SET "lastSeenAt" = now() FROM seen WHERE "User"."id" = seen."userId"`,
  );
}

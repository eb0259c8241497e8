import type { Context, SignedInContext } from "./actor.ts";
import { bookkeeping, type Transaction, type Writer, writer } from "./db.ts";
import { effectiveRoleOf } from "./effective-role.ts";
import { AppError } from "./errors.ts";
import type { AnyOperation } from "./operation.ts";
import { supportAccessStands } from "./support-access.ts";

type Declared = Pick<AnyOperation, "target" | "whileImpersonating">;

/** Why staff do not run this in a customer's seat, in a sentence; null outside of one, and where it is declared for its mode. */
export function whyNotInSeat({ whileImpersonating }: Declared, { impersonation, onBehalfOf }: Context): string | null {
  if (!impersonation || whileImpersonating === "always") return null;
  const seat = `You are viewing as ${onBehalfOf?.label ?? "a customer"}`;
  if (impersonation.mode !== "write") return `${seat}, read-only: nothing can be changed.`;
  return whileImpersonating === "whenWriting" ? null : `${seat}: this is for customers themselves, never for staff in their seat.`;
}

/** Throws IMPERSONATION_REFUSED for what is not declared for this impersonation. */
export function refuseWhileImpersonating(operation: Declared, context: Context): void {
  const userMessage = whyNotInSeat(operation, context);
  if (userMessage) throw new AppError("IMPERSONATION_REFUSED", { userMessage });
}

/** What a run writes with: past the read-only role goes only what ends or lowers the impersonation itself. */
export function clientFor(operation: Declared): Writer {
  return isAboutItself(operation) ? bookkeeping("ownImpersonation") : writer();
}

/**
 * Holds the impersonation, and the seat with its role, in the run's transaction: what waited while it was ended,
 * stepped down or expired writes nothing. Throws IMPERSONATION_REFUSED then.
 */
export async function holdSeat(db: Transaction, operation: Declared, { impersonation, onBehalfOf }: SignedInContext): Promise<void> {
  if (!impersonation || isAboutItself(operation)) return;
  const [seat] = await db.$queryRaw<{ role: string }[]>`
    SELECT ${effectiveRoleOf}::text AS "role" FROM "Impersonation" i
    JOIN "Membership" p ON p."userId" = i."userId" AND p."organizationId" = i."organizationId"
    JOIN "Organization" o ON o."id" = i."organizationId"
    WHERE i."id" = ${impersonation.id} AND i."endedAt" IS NULL AND i."expiresAt" > clock_timestamp() AND i."mode" = 'write' AND ${supportAccessStands}
    FOR SHARE OF i, p`;
  const role = onBehalfOf?.memberships.find(({ organizationId }) => organizationId === impersonation.organizationId)?.role;
  if (!seat || seat.role !== role)
    throw new AppError("IMPERSONATION_REFUSED", { userMessage: "This impersonation may not write any more. Nothing was changed." });
}

function isAboutItself({ target, whileImpersonating }: Declared): boolean {
  return target === "Impersonation" && whileImpersonating === "always";
}

import { createHash, randomBytes } from "node:crypto";
import type { Context, RequestInfo, StaffActor } from "./actor.ts";
import { attemptContext } from "./auth/sign-in-context.ts";
import { audited, bookkeeping, recordEvent, type Transaction } from "./db.ts";
import { AppError } from "./errors.ts";
import { findImpersonation } from "./impersonation-session.ts";
import { recordRefusal } from "./record-refusal.ts";
import { toAppError } from "./to-app-error.ts";

type Impersonation = { id: string; label: string; organizationId: string };

/**
 * A code that carries this impersonation from the staff area to the product, wherever that is: once, within 30 seconds
 * by the database's clock. Throws FORBIDDEN where it is not this staff session's own, CONFLICT where it is over; both are events.
 */
export async function handOver(context: Context & { actor: StaffActor }, { id, label, organizationId }: Impersonation): Promise<string> {
  const code = randomBytes(32).toString("base64url");
  const event = {
    context,
    operation: "impersonation.handOver",
    outcome: "succeeded",
    summary: `Hand over to the product: ${label}`,
    target: { type: "Impersonation", id, label },
    organizationId,
  } as const;
  try {
    await audited(event, (db) => insertCode(db, { id, code, sessionId: context.actor.sessionId }));
  } catch (thrown) {
    const error = toAppError(thrown);
    await recordRefusal(event, error);
    throw error;
  }
  return code;
}

async function insertCode(db: Transaction, { id, code, sessionId }: { id: string; code: string; sessionId: string }): Promise<void> {
  const select = { staffSessionId: true, staffMember: { select: { name: true } } } as const;
  const { staffSessionId, staffMember } = await db.impersonation.findUniqueOrThrow({ where: { id }, select });
  if (staffSessionId !== sessionId)
    throw new AppError("FORBIDDEN", { userMessage: `Only ${staffMember.name}, in the session in which it began, can go in.` });
  const made = await db.$executeRaw`
    INSERT INTO "HandoverCode" ("impersonationId", "codeHash")
    SELECT i."id", ${hashOf(code)} FROM "Impersonation" i
    WHERE i."id" = ${id} AND i."staffSessionId" = ${sessionId} AND i."endedAt" IS NULL AND i."expiresAt" > clock_timestamp()`;
  if (made === 0) throw new AppError("CONFLICT", { userMessage: "This impersonation is over." });
}

/** Why a code leads nowhere: never made here, taken before, too old, or its impersonation is over. */
export type HandOverRefusal = "unknown" | "used" | "expired" | "over";
export type HandedOver = { impersonationId: string; slug: string } | { refused: HandOverRefusal };

/** Takes the code, once. What is refused is recorded, unless nobody here ever made that code. */
export async function takeOver(code: string, request: RequestInfo): Promise<HandedOver> {
  const [found] = await bookkeeping("handOver").$queryRaw<Found[]>`
    SELECT h."id", h."impersonationId", o."slug", h."usedAt" IS NOT NULL AS "used", h."expiresAt" <= clock_timestamp() AS "expired"
    FROM "HandoverCode" h JOIN "Impersonation" i ON i."id" = h."impersonationId" JOIN "Organization" o ON o."id" = i."organizationId"
    WHERE h."codeHash" = ${hashOf(code)}`;
  if (!found) return { refused: "unknown" };
  const { impersonationId, slug } = found;
  const seat = await findImpersonation(impersonationId);
  const refused = found.used ? "used" : found.expired ? "expired" : seat ? null : "over";
  if (!refused && seat && (await take(found, { ...request, ...seat }))) return { impersonationId, slug };
  await recordEvent({
    ...eventOf(impersonationId),
    context: seat ? { ...request, ...seat } : attemptContext(request, "Hand-over"),
    outcome: "denied",
    metadata: { why: refused ?? "used" },
  });
  return { refused: refused ?? "used" };
}

type Found = { id: string; impersonationId: string; slug: string; used: boolean; expired: boolean };

/** Whether this request was the one to take it: of two at the same moment, one. */
async function take({ id, impersonationId }: Found, context: Context & { actor: StaffActor }): Promise<boolean> {
  try {
    await audited(
      { ...eventOf(impersonationId), context, outcome: "succeeded", organizationId: context.impersonation?.organizationId },
      async (db) => {
        const taken = await db.$executeRaw`
          UPDATE "HandoverCode" SET "usedAt" = now() WHERE "id" = ${id} AND "usedAt" IS NULL AND "expiresAt" > clock_timestamp()`;
        if (taken === 0) throw new AppError("EXPIRED");
      },
      bookkeeping("handOver"),
    );
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === "EXPIRED") return false;
    throw error;
  }
}

function eventOf(impersonationId: string) {
  return {
    operation: "impersonation.enter",
    summary: "Enter the product by a hand-over code",
    target: { type: "Impersonation", id: impersonationId, label: impersonationId },
  } as const;
}

function hashOf(code: string): string {
  return createHash("sha256").update(code).digest("hex");
}

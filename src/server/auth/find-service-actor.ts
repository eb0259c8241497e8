import type { ClosureKind } from "#domain/closures.ts";
import { Prisma } from "#generated/prisma/client.ts";
import type { ServiceActor } from "../actor.ts";
import { closedError, closureKind, maintenanceMessage } from "../closure.ts";
import { writer } from "../db.ts";
import { leaveTrace } from "../effects/trace.ts";
import { AppError } from "../errors.ts";
import { hashApiKey, isApiKey } from "./api-key.ts";

/** How many requests the organization may make in a minute, how many are left, and in how many seconds it begins again. */
export type Allowance = { limit: number; remaining: number; resetSeconds: number };
export type Caller = { actor: ServiceActor; allowance: Allowance };

type Row = {
  id: string;
  name: string;
  scopes: string[];
  organizationId: string;
  organizationName: string;
  closed: ClosureKind | null;
  message: string | null;
  stale: boolean;
  ended: boolean;
  limit: number;
  requests: number;
  resetSeconds: number;
};

const lastUsed = { name: "last use of an API key", whileImpersonating: "suppress" } as const;
const ofO = Prisma.sql`o."id"`;

/**
 * The program whose key the request carries. Counts the request of its organization, in the one statement that finds the
 * key, so that all processes count together. Throws UNAUTHENTICATED for what is no key or a revoked one, and SUSPENDED or
 * MAINTENANCE where the organization is closed or its subscription has ended. Whether the allowance is used up is for the caller to say.
 */
export async function findServiceActor(headers: Headers): Promise<Caller> {
  const [, key = ""] = /^Bearer +(\S+) *$/i.exec(headers.get("authorization") ?? "") ?? [];
  if (!isApiKey(key)) throw new AppError("UNAUTHENTICATED", { userMessage: "Send an API key: Authorization: Bearer cs_live_…" });
  const row = await findAndCount(hashApiKey(key));
  if (!row) throw new AppError("UNAUTHENTICATED", { userMessage: "This API key is unknown or was revoked." });
  const { id, name, scopes, organizationId, organizationName, closed, message, limit, requests, resetSeconds } = row;
  if (closed) throw closedError({ name: organizationName, kind: closed, message });
  if (row.ended) throw new AppError("SUSPENDED", { userMessage: `The subscription of ${organizationName} has ended.` });
  if (row.stale) touchApiKey(id);
  return {
    actor: { type: "service", id, label: `API key ${name}`, organizationId, scopes },
    allowance: { limit, remaining: limit - requests, resetSeconds },
  };
}

// The role that reads may not see the hashes.
async function findAndCount(keyHash: string): Promise<Row | undefined> {
  const [row] = await writer().$queryRaw<Row[]>`
    WITH found AS (
      SELECT k."id", k."name", k."scopes", k."organizationId", o."name" AS "organizationName", ${closureKind(ofO)} AS "closed",
        ${maintenanceMessage(ofO)} AS "message", coalesce(k."lastUsedAt" < now() - interval '60 seconds', TRUE) AS "stale",
        coalesce(s."status" = 'canceled' OR s."cancelAt" <= now(), FALSE) AS "ended",
        coalesce(l."apiPerMinute", p."apiPerMinute", 0) AS "limit"
      FROM "ApiKey" k JOIN "Organization" o ON o."id" = k."organizationId"
      LEFT JOIN "Subscription" s ON s."organizationId" = o."id" LEFT JOIN "Plan" p ON p."id" = s."planId"
      LEFT JOIN "LimitOverride" l ON l."organizationId" = o."id"
      WHERE k."keyHash" = ${keyHash} AND k."revokedAt" IS NULL
    ), counted AS (
      INSERT INTO "ApiUsage" AS u ("id", "requests") SELECT "organizationId", 1 FROM found WHERE "closed" IS NULL AND NOT "ended"
      ON CONFLICT ("id") DO UPDATE SET "minute" = date_trunc('minute', now()),
        "requests" = CASE WHEN u."minute" = date_trunc('minute', now()) THEN u."requests" + 1 ELSE 1 END
      RETURNING "requests"
    )
    SELECT found.*, coalesce((SELECT "requests" FROM counted), 0) AS "requests",
      ceil(extract(epoch FROM date_trunc('minute', now()) + interval '1 minute' - now()))::int AS "resetSeconds"
    FROM found`;
  return row;
}

function touchApiKey(id: string): void {
  leaveTrace(
    lastUsed,
    { onBehalfOf: null },
    () => writer().$executeRaw`
      UPDATE "ApiKey" SET "lastUsedAt" = now() WHERE "id" = ${id} AND coalesce("lastUsedAt" < now() - interval '60 seconds', TRUE)`,
  );
}

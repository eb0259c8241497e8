import { Prisma } from "#generated/prisma/client.ts";
import type { ProcedureContext } from "#server/trpc.ts";
import { describeOperations } from "../describe-operations.ts";

export type FoundKey = Parameters<typeof describeOperations<"ApiKey">>[0]["row"] & { createdAt: Date; lastUsedAt: Date | null };

/** SQL: of an organization's keys, those with which its programs still come in, the newest first. */
export function openApiKeysOf(organizationId: string): Prisma.Sql {
  return Prisma.sql`SELECT k."id", k."organizationId", k."name", k."prefix", k."scopes", k."revokedAt", k."createdAt", k."lastUsedAt"
    FROM "ApiKey" k WHERE k."organizationId" = ${organizationId} AND k."revokedAt" IS NULL ORDER BY k."id" DESC LIMIT 20`;
}

/** A key as staff see it: what can be done about it. */
export function showApiKey(ctx: ProcedureContext, key: FoundKey) {
  return { ...key, operations: describeOperations({ ctx, type: "ApiKey", row: key }) };
}

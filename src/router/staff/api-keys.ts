import { reader } from "#server/db.ts";
import type { ProcedureContext } from "#server/trpc.ts";
import { describeOperations } from "../describe-operations.ts";

/**
 * Of an organization's keys, those with which its programs still come in, the newest first. A statement of its own: one that joins
 * would read all columns, and the reader may not read the hash.
 */
export function findOpenApiKeys(organizationId: string) {
  return reader().apiKey.findMany({
    where: { organizationId, revokedAt: null },
    orderBy: { id: "desc" },
    take: 20,
    select: { id: true, organizationId: true, name: true, prefix: true, scopes: true, revokedAt: true, createdAt: true, lastUsedAt: true },
  });
}

type Found = Parameters<typeof describeOperations<"ApiKey">>[0]["row"];

/** A key as staff see it: what can be done about it. */
export function showApiKey<Key extends Found>(ctx: ProcedureContext, key: Key) {
  return { ...key, operations: describeOperations({ ctx, type: "ApiKey", row: key }) };
}

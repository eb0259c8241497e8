import type { Reader, Transaction } from "./db.ts";
import { cutPage, type Page, pageSize } from "./keyset.ts";

export type ChangeInVisit = { id: string; at: Date; summary: string };

const most = 200;

/** What was changed inside an impersonation: each run in it that succeeded, but for those that are about itself. Oldest first. */
export function findChanges(db: Reader | Transaction, impersonationId: string): Promise<ChangeInVisit[]> {
  return db.auditEvent.findMany({
    where: {
      impersonationId,
      outcome: "succeeded",
      NOT: { OR: [{ operation: { startsWith: "impersonation." } }, { operation: { startsWith: "read." } }] },
    },
    orderBy: [{ at: "asc" }, { id: "asc" }],
    take: most,
    select: { id: true, at: true, summary: true },
  });
}

export type Opened = { kind: string; name: string; count: number; firstAt: Date; lastAt: Date };

/** What was opened and called inside it, each page once with how often, in the order of the first time. */
export async function findOpened(db: Reader, impersonationId: string, after?: string): Promise<Page<Opened>> {
  const rows = await db.$queryRaw<(Opened & { firstId: string })[]>`
    SELECT "kind", "name", count(*)::int AS "count", min("at") AS "firstAt", max("at") AS "lastAt", min("id")::text AS "firstId"
    FROM "ImpersonationView" WHERE "impersonationId" = ${impersonationId}
    GROUP BY "kind", "name" HAVING min("id") > ${BigInt(after ?? 0)} ORDER BY min("id") LIMIT ${pageSize + 1}`;
  const page = cutPage(rows, ({ firstId }) => firstId);
  return { ...page, rows: page.rows.map(({ firstId: _, ...row }) => row) };
}

type Ending = { operation: string; actorType: string; actorLabel: string };

/** Who or what ended it; null where nobody did and its time ran out. */
export async function findEnding(db: Reader, impersonationId: string): Promise<Ending | null> {
  const [ending] = await db.$queryRaw<Ending[]>`
    SELECT e."operation", e."actorType"::text AS "actorType", e."actorLabel"
    FROM "AuditChange" c JOIN "AuditEvent" e ON e."id" = c."eventId"
    WHERE c."rowId" = ${impersonationId} AND c."tableName" = 'Impersonation' AND c."before" IS NOT NULL AND c."after" ->> 'endedAt' IS NOT NULL
    ORDER BY c."at" LIMIT 1`;
  return ending ?? null;
}

import { type ClosedOrganization, type ClosureKind, closureSentences } from "#domain/closures.ts";
import { Prisma } from "#generated/prisma/client.ts";
import type { Context } from "./actor.ts";
import { closureKindSql, isShutSql } from "./closure-sql.ts";
import { type Reader, reader, type Transaction } from "./db.ts";
import { AppError } from "./errors.ts";
import type { AnyOperation } from "./operation.ts";
import { type TargetType, targets } from "./targets.ts";

/** SQL: the `ClosureKind` of the organization with this id, or NULL while it is open. */
export function closureKind(organizationId: Prisma.Sql): Prisma.Sql {
  return about(organizationId, closureKindSql);
}

/** SQL: whether its people and pings are refused altogether; under maintenance, pings are taken and monitors are watched. */
export function isShut(organizationId: Prisma.Sql): Prisma.Sql {
  return about(organizationId, isShutSql);
}

function about(organizationId: Prisma.Sql, sql: string): Prisma.Sql {
  const parts = sql.split("$organizationId");
  return new Prisma.Sql(
    parts,
    parts.slice(1).map(() => organizationId),
  );
}

/** Whether, and why, there is nothing to see in this organization and nobody to invite to it. */
export async function findShut(db: Reader | Transaction, organizationId: string): Promise<Exclude<ClosureKind, "maintenance"> | null> {
  const [row] = await db.$queryRaw<{ kind: ClosureKind | null }[]>`SELECT ${closureKind(Prisma.sql`${organizationId}`)} AS "kind"`;
  return row?.kind && row.kind !== "maintenance" ? row.kind : null;
}

/** SQL: what is said while the organization with this id is under maintenance. */
export function maintenanceMessage(organizationId: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(SELECT x."message" FROM "Maintenance" x WHERE x."organizationId" = ${organizationId})`;
}

/** Throws SUSPENDED or MAINTENANCE, in words, where this organization is closed: for requests that come without a person. */
export async function requireOpen(db: Reader | Transaction, organizationId: string): Promise<void> {
  const id = Prisma.sql`o."id"`;
  const [row] = await db.$queryRaw<(Omit<ClosedOrganization, "kind"> & { kind: ClosureKind | null })[]>`
    SELECT o."id", o."name", o."slug", ${closureKind(id)} AS "kind", ${maintenanceMessage(id)} AS "message"
    FROM "Organization" o WHERE o."id" = ${organizationId}`;
  if (row?.kind) throw closedError({ ...row, kind: row.kind });
}

/** What to tell somebody all of whose organizations are shut; null for everybody else. Under maintenance one may sign in. */
export async function findShutSentence(userId: string): Promise<string | null> {
  const id = Prisma.sql`o."id"`;
  const rows = await reader().$queryRaw<{ name: string; kind: ClosureKind | null; message: null }[]>`
    SELECT o."name", ${closureKind(id)} AS "kind", NULL AS "message"
    FROM "Membership" m JOIN "Organization" o ON o."id" = m."organizationId" WHERE m."userId" = ${userId} ORDER BY o."name", o."id"`;
  const shut = rows.flatMap(({ kind, ...row }) => (kind && kind !== "maintenance" ? [{ ...row, kind }] : []));
  return shut.length > 0 && shut.length === rows.length ? closureSentences(shut) : null;
}

export function closedError(organization: Pick<ClosedOrganization, "name" | "kind" | "message">): AppError {
  return new AppError(organization.kind === "maintenance" ? "MAINTENANCE" : "SUSPENDED", { userMessage: closureSentences([organization]) });
}

/** What is out of reach because its organization is closed is refused with that reason. */
export async function explainClosed(
  error: AppError,
  { operation, context, targetId }: { operation: AnyOperation; context: Context; targetId: string },
): Promise<AppError> {
  const closed = context.closedOrganizations ?? [];
  if (closed.length === 0 || (error.code !== "FORBIDDEN" && error.code !== "NOT_FOUND")) return error;
  const { find, organizationId } = targets[operation.target as TargetType];
  const row = await find(reader(), { id: targetId } as never);
  const found = row && closed.find(({ id }) => id === organizationId(row as never));
  return found ? closedError(found) : error;
}

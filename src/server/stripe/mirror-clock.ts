import type { Drift } from "#domain/billing-drift.ts";
import type { InputJsonValue } from "#generated/prisma/internal/prismaNamespace.ts";
import { type Transaction, transaction, writer } from "../db.ts";

/** Now, by the clock that all processes share. */
export async function databaseTime(): Promise<Date> {
  const [clock] = await writer().$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS "now"`;
  if (!clock) throw new Error("The database always knows the time.");
  return clock.now;
}

/**
 * Says that what was at Stripe at this moment is known here from now on. False where something newer is known already:
 * then this must not be written any more.
 */
export async function advanceMirror(db: Transaction, organizationId: string, fetchedAt: Date): Promise<boolean> {
  const rows = await db.$queryRaw<unknown[]>`
    INSERT INTO "StripeMirror" ("organizationId", "fetchedAt") VALUES (${organizationId}, ${fetchedAt}::timestamptz)
    ON CONFLICT ("organizationId") DO UPDATE SET "fetchedAt" = excluded."fetchedAt"
    WHERE "StripeMirror"."fetchedAt" IS NULL OR "StripeMirror"."fetchedAt" <= excluded."fetchedAt"
    RETURNING 1`;
  return rows.length > 0;
}

/** Whether something newer than this is known here already. */
export async function isSeenSince(organizationId: string, fetchedAt: Date): Promise<boolean> {
  const newer = await writer().stripeMirror.findFirst({
    where: { organizationId, fetchedAt: { gt: fetchedAt } },
    select: { organizationId: true },
  });
  return newer !== null;
}

/** Keeps what differs now, and since when. */
export async function recordDrift(organizationId: string, fetchedAt: Date, drift: Drift[]): Promise<void> {
  await transaction(async (db) => {
    if (!(await advanceMirror(db, organizationId, fetchedAt))) return;
    const known = await db.billingDrift.findMany({
      where: { organizationId },
      select: { id: true, objectType: true, objectId: true, field: true },
    });
    const isStill = (row: (typeof known)[number]) => drift.some((one) => keyOf(one) === keyOf(row));
    const over = known.filter((row) => !isStill(row)).map(({ id }) => id);
    if (over.length > 0) await db.billingDrift.deleteMany({ where: { id: { in: over } } });
    for (const { objectType, objectId, field, ours, theirs } of drift) {
      const values = { ours: ours as InputJsonValue, theirs: theirs as InputJsonValue };
      const key = { organizationId, objectType, objectId, field };
      await db.billingDrift.upsert({
        where: { organizationId_objectType_objectId_field: key },
        create: { ...key, ...values },
        update: values,
        select: { id: true },
      });
    }
  });
}

function keyOf({ objectType, objectId, field }: Pick<Drift, "objectType" | "objectId" | "field">): string {
  return [objectType, objectId, field].join(" ");
}

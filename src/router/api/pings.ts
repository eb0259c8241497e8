import { z } from "zod";
import { reader } from "#server/db.ts";
import { AppError } from "#server/errors.ts";
import { cutPage } from "#server/keyset.ts";

type Row = { id: bigint; at: Date; kind: string };

const cursorForm = /^(\d{1,15})\.(\d{1,18})$/;
const lastMillisecond = 253_402_300_799_999;

export const pingAnswer = z.object({ id: z.string(), at: z.iso.datetime(), kind: z.enum(["success", "start", "fail"]) });

/** By time and then id, as the index has them. */
export async function listPings(monitorId: string, { limit, after }: { limit: number; after?: string | undefined }) {
  const [, milliseconds = lastMillisecond, lastId = "999999999999999999"] = after === undefined ? [] : readCursor(after);
  const rows = await reader().$queryRaw<Row[]>`
    SELECT "id", "at", "kind"::text AS "kind" FROM "Ping"
    WHERE "monitorId" = ${monitorId} AND ("at", "id") < (${new Date(Number(milliseconds))}::timestamptz, ${BigInt(lastId)}::bigint)
    ORDER BY "at" DESC, "id" DESC LIMIT ${limit + 1}`;
  const page = cutPage(rows, ({ at, id }) => `${at.getTime()}.${id}`, limit);
  return { data: page.rows.map(({ id, at, kind }) => ({ id: String(id), at: at.toISOString(), kind })), next: page.next };
}

function readCursor(after: string): string[] {
  const found = cursorForm.exec(after);
  if (!found || Number(found[1]) > lastMillisecond)
    throw new AppError("INVALID_INPUT", { details: { fields: { after: "Use “next” of the page before." } } });
  return found;
}

import { readsPersonalData } from "#domain/roles.ts";
import { declarations } from "#generated/declarations.ts";
import { maskPersonal } from "#lib/mask.ts";
import type { StaffActor } from "./actor.ts";
import { reader } from "./db.ts";

/** Whether this staff member sees this person's data as it is: by role, or because they revealed it a moment ago. */
export async function maySeePersonalData(actor: StaffActor, userId: string): Promise<boolean> {
  if (readsPersonalData(actor.roles)) return true;
  const revealed = await reader().$queryRaw<unknown[]>`
    SELECT 1 FROM "PersonalDataReveal" WHERE "staffMemberId" = ${actor.id} AND "userId" = ${userId} AND "expiresAt" > now() LIMIT 1`;
  return revealed.length > 0;
}

/** The row as this reader may have it: the fields that the schema declares personal are hidden, unless it is clear. */
export function showPersonal<Row extends object>(model: keyof typeof declarations, row: Row, clear: boolean): Row {
  if (clear) return row;
  const personal: readonly string[] = declarations[model].personal;
  const hide = ([name, value]: [string, unknown]) => [
    name,
    personal.includes(name) && typeof value === "string" ? maskPersonal(value) : value,
  ];
  return Object.fromEntries(Object.entries(row).map((entry) => hide(entry))) as Row;
}

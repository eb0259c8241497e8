import type { z } from "zod";
import { setResponseStatus } from "#server/response-status.ts";
import { cameFromElsewhere, fromElsewhere } from "./came-from-elsewhere.ts";
import { type Query, textsOf } from "./staff-page.tsx";

type Read<Schema extends z.ZodObject> = {
  /** As typed, so that the form can show it again. */
  typed: Record<string, string>;
  /** What to search with, or null where something typed makes no sense. */
  filters: z.output<Schema> | null;
  errors: Record<string, string>;
};

/** A list's filters from the address. Unknown names are ignored; a mistake is said beside its field. */
export async function readFilters<Schema extends z.ZodObject>(schema: Schema, query: Query): Promise<Read<Schema>> {
  const typed = Object.fromEntries(Object.entries(textsOf(query)).filter(([name]) => name in schema.shape));
  if (typed.q && (await cameFromElsewhere())) return { typed, filters: null, errors: { q: fromElsewhere } };
  const parsed = schema.safeParse(typed);
  if (parsed.success) return { typed, filters: parsed.data, errors: {} };
  setResponseStatus(400);
  return { typed, filters: null, errors: Object.fromEntries(parsed.error.issues.map(({ path, message }) => [path.join("."), message])) };
}

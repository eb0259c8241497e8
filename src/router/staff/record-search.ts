import type { SignedInContext } from "#server/actor.ts";
import { recordEvent } from "#server/db.ts";

type Search = { query: string; hits: number; where: string };

/** Every search in the staff area is an event, with what was asked and how much was found. */
export async function recordSearch(context: SignedInContext, { query, hits, where }: Search): Promise<void> {
  await recordEvent({
    context,
    operation: "search.run",
    outcome: "succeeded",
    summary: `Search ${where} for “${query}”`,
    metadata: { query, hits, where },
  });
}

import { withoutSecrets } from "#lib/without-secrets.ts";
import type { SignedInContext } from "#server/actor.ts";
import { recordEvent } from "#server/db.ts";

type Search = {
  query: string;
  /** How much was found, as far as anybody counted. */
  hits: number;
  /** Whether there is more than that. */
  more: boolean;
  where: string;
};

/** Every search in the staff area is an event, with what was asked and how much was found; a secret that somebody pasted is left out. */
export async function recordSearch(context: SignedInContext, { query: typed, hits, more, where }: Search): Promise<void> {
  const query = withoutSecrets(typed);
  await recordEvent({
    context,
    operation: "search.run",
    outcome: "succeeded",
    summary: `Search ${where} for “${query}”`,
    metadata: { query, hits, more, where },
  });
}

import type { CallState } from "#generated/prisma/enums.ts";

export type CallTone = "ok" | "warn" | "bad";

const states: Record<CallState, { words: string; tone: CallTone }> = {
  pending: { words: "waits for Stripe", tone: "warn" },
  succeeded: { words: "done", tone: "ok" },
  failed: { words: "refused by Stripe", tone: "bad" },
};

/** How far something is that Stripe carries out, for staff. */
export function describeCallState(state: CallState): { words: string; tone: CallTone } {
  return states[state];
}

type Timed = { staffMemberId: string | null; createdAt: Date; settledAt: Date | null };

/** When something was given: what was made at Stripe itself became known here later. */
export function givenAt({ staffMemberId, createdAt, settledAt }: Timed): Date {
  return staffMemberId === null ? (settledAt ?? createdAt) : createdAt;
}

/** What was given to a customer, in the words for them; without what was never carried out. */
export function describeGiven<Entry extends Timed & { state: CallState }>(entries: readonly Entry[]): (Entry & { words: string })[] {
  return entries.flatMap((entry) =>
    entry.state === "failed" ? [] : [{ ...entry, createdAt: givenAt(entry), words: entry.state === "pending" ? "on its way" : "done" }],
  );
}

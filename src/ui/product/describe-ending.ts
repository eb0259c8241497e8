type Ending = { operation: string; actorType: string; actorLabel: string };

/** How an access of the staff ended, in a sentence for customers. */
export function describeEnding(ending: Ending | null): string {
  if (!ending) return "Its half hour had passed.";
  if (ending.actorType === "user") return `${ending.actorLabel} took the access back.`;
  if (ending.actorType === "system") return "What it stood on was gone: what you had allowed ran out, or the session of our staff.";
  return ending.operation === "impersonation.end" ? "Our staff ended it." : `Our staff ended it (${ending.actorLabel}).`;
}

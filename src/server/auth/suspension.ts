import { findShutSentence } from "../closure.ts";

/** What to tell somebody all of whose organizations are suspended or deactivated; null for everybody else. */
export function findSuspension(userId: string): Promise<string | null> {
  return findShutSentence(userId);
}

import { whileClaimed } from "#server/claim.ts";
import { log } from "#server/log.ts";

type Due = {
  /** All that are due, or the one asked about if it still is. */
  find: (id?: string) => Promise<string[]>;
  claim: (id: string) => string;
  work: (id: string) => Promise<void>;
  /** Logged with the id where one fails. */
  failure: { idName: string; words: string };
};

/** Each that is due, one worker's at a time. Where one fails, the others do not wait for it; it is found again in the next round. */
export async function eachDue({ find, claim, work, failure }: Due): Promise<void> {
  for (const id of await find()) {
    try {
      // Looked up again under the claim: another worker may have done it just now.
      await whileClaimed(claim(id), async () => (await find(id)).length > 0 && work(id));
    } catch (error) {
      log.error({ err: error, [failure.idName]: id }, failure.words);
    }
  }
}
